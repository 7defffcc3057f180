"""Every way a command can end badly, told in French on standard error, and its exit code."""

from __future__ import annotations

import os
import sys

import click

REFUSED, WRONG_USAGE = 1, 2


def report(problem: Exception) -> int:
    """Tell an expected problem; anything else goes on as a traceback: it is a bug to be seen."""
    from egide.errors import EgideError

    match problem:
        case EgideError():
            click.echo(str(problem), err=True)
            return REFUSED
        case click.exceptions.Exit():
            return problem.exit_code
        case click.exceptions.NoArgsIsHelpError():
            problem.show()
            return WRONG_USAGE
        case click.UsageError():
            click.echo(_misused(problem), err=True)
            return WRONG_USAGE
        case click.Abort():
            click.echo("Interrompu.", err=True)
            return REFUSED
        case BrokenPipeError():
            # The reader (``head``…) has what it wanted; silence the flush at exit too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return REFUSED
    raise problem


def _misused(problem: click.UsageError) -> str:
    """What is wrong in the words typed, without repeating a value: it may be personal or secret."""
    path = problem.ctx.command_path if problem.ctx else "egide"
    return f"Mauvais emploi : {_reason(problem)}\nAide : {path} --help"


def _reason(problem: click.UsageError) -> str:
    match problem:
        case click.NoSuchOption():
            return f"l'option {problem.option_name} n'existe pas."
        case click.MissingParameter():
            return f"il manque {_named(problem)}."
        case click.BadParameter():
            return f"la valeur donnée pour {_named(problem)} n'est pas acceptée{_choices(problem)}."
        case click.BadOptionUsage():
            return f"l'option {problem.option_name} est mal employée."
    if problem.ctx is not None and isinstance(problem.ctx.command, click.Group):
        known = ", ".join(problem.ctx.command.list_commands(problem.ctx))
        return f"cette commande n'existe pas ; il y a : {known}."
    return "il y a un mot de trop."


def _named(problem: click.BadParameter) -> str:
    parameter = problem.param
    if parameter is None:
        return str(problem.param_hint or "un argument")
    return parameter.opts[0] if isinstance(parameter, click.Option) else (parameter.human_readable_name)


def _choices(problem: click.BadParameter) -> str:
    kind = problem.param.type if problem.param else None
    if isinstance(kind, click.Choice):
        return f" (au choix : {', '.join(map(str, kind.choices))})"
    return ""

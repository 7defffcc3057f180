"""Every way a command can end badly, told in one line on standard error, and its exit code."""

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
        case click.ClickException():
            problem.show()
            return problem.exit_code
        case click.Abort():
            click.echo("Interrompu.", err=True)
            return REFUSED
        case BrokenPipeError():
            # The reader (``head``…) has what it wanted; silence the flush at exit too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return REFUSED
    raise problem

"""LangChain à travers Égide : une question, un flux, un outil.

pip install langchain-openai langchain-anthropic
EGIDE_URL=http://127.0.0.1:8484 EGIDE_KEY=egd_… EGIDE_MODEL=… python langchain_essai.py
Avec EGIDE_ANTHROPIC_MODEL, la même chose par l'adresse compatible Anthropic.
"""

from __future__ import annotations

import os

from langchain_anthropic import ChatAnthropic
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI

QUESTION = "Écris une relance polie à Mme Solenne Garrigou, 06 39 98 41 27."
URL, KEY = os.environ["EGIDE_URL"], os.environ["EGIDE_KEY"]


@tool
def noter(texte: str) -> str:
    """Note un texte."""
    return f"noté : {texte}"


model = ChatOpenAI(base_url=URL + "/v1", api_key=KEY, model=os.environ["EGIDE_MODEL"])
print(model.invoke(QUESTION).content)
for chunk in model.stream(QUESTION):
    print(chunk.content, end="", flush=True)
print()
print(model.bind_tools([noter]).invoke(QUESTION).tool_calls)

if "EGIDE_ANTHROPIC_MODEL" in os.environ:
    other = ChatAnthropic(
        base_url=URL, api_key=KEY, model=os.environ["EGIDE_ANTHROPIC_MODEL"], max_tokens=500
    )
    print(other.invoke(QUESTION).content)

"""LlamaIndex à travers Égide : une question, un flux, une conversation.

pip install llama-index-core llama-index-llms-openai-like
EGIDE_URL=http://127.0.0.1:8484 EGIDE_KEY=egd_… EGIDE_MODEL=… python llamaindex_essai.py
"""

from __future__ import annotations

import os

from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike

QUESTION = "Écris une relance polie à Mme Solenne Garrigou, 06 39 98 41 27."
model = OpenAILike(
    model=os.environ["EGIDE_MODEL"],
    api_base=os.environ["EGIDE_URL"] + "/v1",
    api_key=os.environ["EGIDE_KEY"],
    is_chat_model=True,
)
print(model.complete(QUESTION).text)
for chunk in model.stream_complete(QUESTION):
    print(chunk.delta, end="", flush=True)
print()
talk = [ChatMessage(role="system", content="Tu aides."), ChatMessage(role="user", content=QUESTION)]
print(model.chat(talk).message.content)

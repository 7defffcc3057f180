"""La bibliothèque « openai » à travers Égide : une réponse entière, puis la même en flux.

pip install openai
EGIDE_URL=http://127.0.0.1:8484 EGIDE_KEY=egd_… EGIDE_MODEL=… python openai_essai.py
"""

from __future__ import annotations

import os

from openai import OpenAI

QUESTION = "Écris une relance polie à Mme Solenne Garrigou, 06 39 98 41 27."
messages = [{"role": "user", "content": QUESTION}]
client = OpenAI(base_url=os.environ["EGIDE_URL"] + "/v1", api_key=os.environ["EGIDE_KEY"])
model = os.environ.get("EGIDE_MODEL") or client.models.list().data[0].id

answer = client.chat.completions.create(model=model, messages=messages)
print(answer.choices[0].message.content)

for chunk in client.chat.completions.create(model=model, messages=messages, stream=True):
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()

"""La bibliothèque « anthropic » à travers Égide : une réponse entière, puis la même en flux.

pip install anthropic
EGIDE_URL=http://127.0.0.1:8484 EGIDE_KEY=egd_… EGIDE_MODEL=… python anthropic_essai.py
"""

from __future__ import annotations

import os

from anthropic import Anthropic

QUESTION = "Écris une relance polie à Mme Solenne Garrigou, 06 39 98 41 27."
messages = [{"role": "user", "content": QUESTION}]
# Sans « /v1 » : cette bibliothèque l'ajoute.
client = Anthropic(base_url=os.environ["EGIDE_URL"], api_key=os.environ["EGIDE_KEY"])
model = os.environ.get("EGIDE_MODEL") or client.models.list().data[0].id

answer = client.messages.create(model=model, max_tokens=500, messages=messages)
print(answer.content[0].text)

with client.messages.stream(model=model, max_tokens=500, messages=messages) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
print()

// Requests to Égide. Every failure becomes { code, title, action }, ready to be shown.

const OFFLINE = {
  code: "",
  title: gettext("Égide ne répond pas."),
  action: gettext("Rien n'a été envoyé. Vérifiez votre connexion, puis réessayez : votre texte est toujours là."),
};

function headers() {
  const token = document.querySelector("#assistant [name=csrfmiddlewaretoken]").value;
  return { "Content-Type": "application/json", "X-CSRFToken": token };
}

// The response as it is, for a stream. Throws { code, title, action, data } when refused.
export async function open(url, body, signal) {
  let response;
  try {
    response = await fetch(url, {
      method: "POST", headers: headers(), body: JSON.stringify(body), signal, redirect: "error",
    });
  } catch (failure) {
    throw failure.name === "AbortError" ? failure : OFFLINE;
  }
  if (response.ok) return response;
  const data = await response.json().catch(() => ({}));
  throw { ...(data.error ?? unexpected(response.status)), data };
}

export async function post(url, body, signal) {
  const response = await open(url, body, signal);
  return response.json();
}

function unexpected(status) {
  return {
    code: String(status),
    title: gettext("Égide a rencontré un problème."),
    action: gettext("Rien n'a été envoyé. Rechargez la page après avoir copié votre texte."),
  };
}

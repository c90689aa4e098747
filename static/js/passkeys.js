// Passkeys in the browser (WebAuthn): options as the server's JSON, answers as JSON. Binary values are base64url.
//
//   const credential = await register(options);   // a new passkey, from passkeys.creation_options
//   const signed = await assertion(options);      // a signature, from passkeys.request_options
//
// Both ask the person for PIN, finger or face, and throw the browser's error (NotAllowedError where the person
// turned away or took too long).

export function supported() {
  return Boolean(window.isSecureContext && window.PublicKeyCredential && navigator.credentials);
}

export async function register(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(descriptor),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    ...identity(made),
    response: {
      attestationObject: toText(made.response.attestationObject),
      clientDataJSON: toText(made.response.clientDataJSON),
    },
  };
}

export async function assertion(options) {
  const publicKey = {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: options.allowCredentials.map(descriptor),
  };
  const found = await navigator.credentials.get({ publicKey });
  return {
    ...identity(found),
    response: {
      authenticatorData: toText(found.response.authenticatorData),
      clientDataJSON: toText(found.response.clientDataJSON),
      signature: toText(found.response.signature),
    },
  };
}

function identity(credential) {
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type };
}

function descriptor(known) {
  return { ...known, id: toBytes(known.id) };
}

function toText(buffer) {
  const signs = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function toBytes(text) {
  const signs = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(signs, (sign) => sign.charCodeAt(0));
}

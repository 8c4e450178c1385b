/** A cardholder without a browser, as a script: opens the issuer's page, presses a button, and is sent back. */
const PASSWORD = 'Checkout1!';

/** Plays the challenge of `session`: `deed` is `password` or `cancel`. What the issuer cannot do does not stop the shop. */
export async function playChallenge(session, deed) {
  const acsUrl = session.acs.url;
  const page = await post(acsUrl, { creq: session['3ds'].challenge_request });
  const form = page.match(/<form[\s\S]*?<\/form>/g)?.find((text) => / id="challenge"/.test(text));
  // The issuer has ended this challenge already.
  if (form === undefined) return;
  const fields = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name !== undefined) fields[name] = attribute(tag, 'value') ?? '';
  }
  const answer = deed === 'cancel' ? { otp: '', action: 'cancel' } : { otp: PASSWORD, action: 'submit' };
  await post(new URL(attribute(/<form[^>]*>/.exec(form)[0], 'action'), acsUrl).toString(), { ...fields, ...answer });
}

// The page comes when the issuer has delivered its result or given up: that takes as long as a server is away.
async function post(url, form) {
  const init = { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.timeout(100_000) };
  return (await fetch(url, init)).text();
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function attribute(tag, name) {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&([#\w]+);/g, (whole, entity) => ENTITIES[entity] ?? whole);
}

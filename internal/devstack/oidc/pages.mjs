// The pages of the development OpenID provider: German, without scripts, accessible, and nothing from elsewhere.
import { createHash } from 'node:crypto';

const style = `
  :root { color-scheme: light; }
  * { box-sizing: border-box; }
  body { margin: 0; font: 1.0625rem/1.5 "Fira Sans", system-ui, sans-serif; color: #171a2b; background: #f3f5f9; }
  main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
  h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.2; }
  h2 { margin: 2rem 0 .75rem; font-size: 1.125rem; }
  .notice { margin: 0; padding: .75rem 1rem; border-left: .375rem solid #b35900; background: #fff4e5; }
  .people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
  button { width: 100%; height: 100%; padding: .75rem 1rem; border: 1px solid #6b7392; border-radius: .375rem; background: #fff; color: inherit; font: inherit; text-align: left; overflow-wrap: anywhere; cursor: pointer; }
  button:hover { border-color: #171a2b; background: #e9edf7; }
  button:focus-visible { outline: .1875rem solid #171a2b; outline-offset: .125rem; }
  .name { display: block; font-weight: 600; }
  .role { display: block; font-size: .9375rem; color: #434a66; }`;

const styleHash = createHash('sha256').update(style).digest('base64');

function page(ctx, { status = 200, title, body, formTargets = [] }) {
  ctx.status = status;
  ctx.type = 'html';
  // Chromium also holds the redirects after a form to form-action: they lead back to the portal.
  ctx.set('content-security-policy', [
    "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
    `style-src 'sha256-${styleHash}'`, ["form-action 'self'", ...formTargets].join(' '),
  ].join('; '));
  ctx.body = `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

export function signInPage(ctx, { accounts, redirect_uris }) {
  const groups = [...groupByPlace(accounts)].map(([place, people]) => `<h2>${escape(place)}</h2>
<ul class="people">
${people.map(person).join('\n')}
</ul>`);
  page(ctx, {
    title: 'Entwicklungs-Anmeldung',
    formTargets: [...new Set(redirect_uris.map((uri) => new URL(uri).origin))],
    body: `<h1>Entwicklungs-Anmeldung</h1>
<p class="notice">Diese Seite gibt es nur in Vorführungen und Tests. Alle Personen sind erfunden, ein Passwort ist nicht nötig. Im Betrieb melden sich Menschen beim Identitätsdienst ihres Landes an.</p>
<form method="post">
${groups.join('\n')}
</form>`,
  });
}

// groupByPlace keeps the order of the configuration, but brings tenants and their organisations together.
function groupByPlace(accounts) {
  const tenants = [...new Set(accounts.map((account) => account.tenant))];
  const sorted = accounts.toSorted((a, b) => tenants.indexOf(a.tenant) - tenants.indexOf(b.tenant));
  const groups = new Map();
  for (const account of sorted) {
    const place = [account.tenant, account.organisation].filter(Boolean).join(' › ');
    groups.set(place, [...(groups.get(place) ?? []), account]);
  }
  return groups;
}

const person = ({ login, name, role }) => `<li><button type="submit" name="login" value="${escape(login)}">
<span class="name">${escape(name)}</span> <span class="role">${escape(role)}</span>
</button></li>`;

export function signedOutPage(ctx) {
  page(ctx, { title: 'Abgemeldet', body: '<h1>Abgemeldet</h1>\n<p>Sie sind beim Entwicklungs-Anmeldedienst abgemeldet.</p>' });
}

export function errorPage(ctx, { error, error_description: description }) {
  page(ctx, {
    status: ctx.status >= 400 && ctx.status !== 404 ? ctx.status : 400,
    title: 'Anmeldung nicht möglich',
    body: `<h1>Anmeldung nicht möglich</h1>\n<p>${escape([error, description].filter(Boolean).join(': '))}</p>`,
  });
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text = '') {
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}

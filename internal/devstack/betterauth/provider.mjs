// A second OpenID provider for the tests, by other hands than the first (Better Auth): its issuer has a path, it signs
// with EdDSA, says names and addresses at userinfo only, and makes up whom a subject stands for. Started by
// internal/devstack/provider.go like the first; nobody but a test signs in here.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';

if (process.env.NODE_ENV === 'production') throw new Error('the second OpenID provider never runs in production');

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const accounts = new Map(config.accounts.map((account) => [account.login, account]));
const password = randomBytes(16).toString('hex');
const scopes = ['openid', 'profile', 'email'];
const tables = [
  'user', 'session', 'account', 'verification', 'jwks', 'oauthClient', 'oauthClientAssertion', 'oauthClientResource',
  'oauthResource', 'oauthConsent', 'oauthAccessToken', 'oauthRefreshToken',
];

const auth = betterAuth({
  baseURL: config.issuer,
  secret: randomBytes(32).toString('hex'),
  database: memoryAdapter(Object.fromEntries(tables.map((name) => [name, []]))),
  emailAndPassword: { enabled: true, autoSignIn: false },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [jwt(), oauthProvider({ loginPage: '/anmeldung', consentPage: '/never', scopes })],
});
const { adapter } = await auth.$context;

for (const { name, email, unverified } of accounts.values()) {
  const { user } = await auth.api.signUpEmail({ body: { name, email, password } });
  await adapter.update({ model: 'user', where: [{ field: 'id', value: user.id }], update: { emailVerified: !unverified } });
}

await adapter.create({
  model: 'oauthClient',
  data: {
    clientId: config.client_id,
    clientSecret: createHash('sha256').update(config.client_secret).digest('base64url'),
    tokenEndpointAuthMethod: 'client_secret_basic',
    redirectUris: config.redirect_uris,
    postLogoutRedirectUris: config.post_logout_redirect_uris,
    backchannelLogoutUri: config.backchannel_logout_uri,
    backchannelLogoutSessionRequired: true,
    enableEndSession: true,
    requirePKCE: true,
    skipConsent: true,
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    scopes,
  },
});

const answer = toNodeHandler(auth);
createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url, config.issuer);
  if (pathname !== '/anmeldung') return answer(request, response);
  if (request.method !== 'POST') return response.end();
  const email = accounts.get((await readForm(request)).get('login'))?.email;
  const signedIn = await auth.handler(new Request(`${config.issuer}/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(config.issuer).origin },
    body: JSON.stringify({ email, password, oauth_query: search.slice(1) }),
  }));
  const { url } = await signedIn.json();
  if (!url) return response.writeHead(signedIn.status).end();
  response.writeHead(303, { location: url, 'set-cookie': signedIn.headers.getSetCookie() }).end();
}).listen({ fd: 3 });

async function readForm(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

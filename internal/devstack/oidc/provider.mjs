// The OpenID provider of the demonstration and the tests: certified protocol (oidc-provider), invented people, no
// passwords. Started by internal/devstack/provider.go, which hands over a configuration file and, as file
// descriptor 3, a listener on a loopback address.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Provider } from 'oidc-provider';
import { errorPage, signedOutPage, signInPage } from './pages.mjs';

if (process.env.NODE_ENV === 'production') throw new Error('the development OpenID provider never runs in production');

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const accounts = new Map(config.accounts.map((account) => [account.login, account]));
const hours = 3600;

const provider = new Provider(config.issuer, {
  clients: [{
    client_id: config.client_id,
    client_secret: config.client_secret,
    redirect_uris: config.redirect_uris,
    post_logout_redirect_uris: config.post_logout_redirect_uris,
    ...(config.backchannel_logout_uri && {
      backchannel_logout_uri: config.backchannel_logout_uri,
      backchannel_logout_session_required: true,
    }),
  }],
  jwks: { keys: [signingKey(config.jwks_file)] },
  // Cookies are not kept apart by port: without own names we would overwrite those of other programs on this host.
  cookies: {
    keys: [randomBytes(32).toString('hex')],
    names: { session: 'oidcdev_session', interaction: 'oidcdev_interaction', resume: 'oidcdev_resume' },
  },
  ttl: {
    AccessToken: hours, AuthorizationCode: 60, Grant: 10 * hours, IdToken: hours, Interaction: hours, Session: 10 * hours,
  },
  pkce: { required: () => true },
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  findAccount,
  loadExistingGrant,
  interactions: { url: (ctx, interaction) => `/anmeldung/${interaction.uid}` },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource() {}, // never seen: signOut below answers in its place
      postLogoutSuccessSource: signedOutPage,
    },
  },
  renderError: errorPage,
  // The default refuses loopback addresses, which is where the portal's back-channel endpoint is.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
});

// signingKey stays the same over restarts, so that tokens issued before are still good.
function signingKey(file) {
  if (!existsSync(file)) {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    const kid = randomBytes(8).toString('hex');
    writeFileSync(`${file}.tmp`, JSON.stringify({ ...key, kid, use: 'sig', alg: 'RS256' }), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

function findAccount(ctx, login) {
  const account = accounts.get(login);
  return account && {
    accountId: login,
    claims: () => ({ sub: login, name: account.name, email: account.email, email_verified: true }),
  };
}

// loadExistingGrant grants what is asked for: there is nobody to protect from the portal here.
async function loadExistingGrant({ oidc }) {
  const grant = new oidc.provider.Grant({ accountId: oidc.session.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope([...oidc.requestParamScopes].join(' '));
  await grant.save(10 * hours);
  return grant;
}

provider.use(async function signIn(ctx, next) {
  if (!ctx.path.startsWith('/anmeldung/')) return next();
  try {
    await provider.interactionDetails(ctx.req, ctx.res);
  } catch {
    return errorPage(ctx, { error_description: 'Diese Anmeldung ist abgelaufen. Bitte beginnen Sie im Portal neu.' });
  }
  if (ctx.method !== 'POST') return signInPage(ctx, config);
  const login = (await readForm(ctx.req)).get('login');
  if (!accounts.has(login)) return errorPage(ctx, { error_description: 'Diese Person gibt es in der Demonstration nicht.' });
  ctx.status = 303;
  ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, { login: { accountId: login } }));
});

// Whoever signed out in the portal has decided: the provider confirms its own question instead of asking it.
provider.use(async function signOut(ctx, next) {
  await next();
  if (ctx.path !== '/session/end' || ctx.status !== 200) return;
  const fresh = (ctx.response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
  const answer = await fetch(`${config.issuer}/session/end/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [...fresh, ctx.get('cookie')].join('; ') },
    body: new URLSearchParams({ xsrf: ctx.oidc.session.state.secret, logout: 'yes' }),
  });
  ctx.status = 303;
  ctx.set('set-cookie', answer.headers.getSetCookie());
  // After a restart nobody is signed in here any more: then there is nothing to confirm, only a way back.
  ctx.redirect(answer.headers.get('location') ?? ctx.oidc.session.state.postLogoutRedirectUri);
});

async function readForm(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

const server = provider.listen({ fd: 3 }, () => {
  if (!['127.0.0.1', '::1'].includes(server.address().address)) throw new Error('only loopback addresses, please');
});

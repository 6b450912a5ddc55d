/**
 * An identity provider that others wrote (`oidc-provider`), on the loopback: whoever names an address and any password is
 * its owner. Addresses stand in no token there, as the standard has it.
 */
import { execFile } from 'node:child_process';
import { Provider } from 'oidc-provider';
import { BINARY, freePort } from './server.mjs';

export const CLIENT = { client_id: 'countersign', client_secret: 'a secret: with % and +' };

/** Opens one for this server, and says so on the server's command line. */
export async function openProvider(server, publicUrl = server.url) {
  const held = await listen(publicUrl);
  const set = ['admin', 'identity-provider', 'set', '--data', server.data, '--tenant', 'Example Inc.'];
  const environment = { ...process.env, COUNTERSIGN_WEBHOOKS__ALLOW: '127.0.0.1', COUNTERSIGN_WEBHOOKS__PLAIN_HTTP: 'true' };
  await new Promise((done, failed) => {
    const child = execFile(BINARY, [...set, '--name', 'Example Login', '--issuer', held.issuer, '--client-id', CLIENT.client_id], { env: environment }, (error, _out, said) =>
      error ? failed(new Error(`${error.message}\n${said}`)) : done(),
    );
    // The secret comes by standard input: arguments stand in the list of processes.
    child.stdin.end(`${CLIENT.client_secret}\n`);
  });
  return held;
}

/** One that no tenant has said anything of. `provider.broken` makes its token endpoint fail. */
export async function listen(publicUrl) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [`${publicUrl}/oidc/callback`], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub, email: sub, email_verified: true }) }),
  });
  const held = { issuer, broken: false };
  provider.use(async (context, next) => {
    if (held.broken && context.path === '/token') context.status = 503;
    else await next();
  });
  const listening = await new Promise((done) => {
    const open = provider.listen(port, '127.0.0.1', () => done(open));
  });
  held.close = () => {
    listening.closeAllConnections();
    listening.close();
  };
  return held;
}

/** Signs in on the provider's own pages, with the keyboard alone. */
export async function signInAs(page, address) {
  const login = page.getByPlaceholder('Enter any login');
  await login.waitFor();
  await login.focus();
  await page.keyboard.type(address);
  await page.keyboard.press('Tab');
  await page.keyboard.type('any password');
  await page.keyboard.press('Enter');
  const goOn = page.getByRole('button', { name: 'Continue' });
  await goOn.waitFor();
  await goOn.focus();
  await page.keyboard.press('Enter');
}

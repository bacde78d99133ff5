import { chromium } from 'playwright-core';
const base = 'http://127.0.0.1:8118';
const [login, ...paths] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const width of [1440, 390]) {
  const page = await (await b.newContext({ viewport: { width, height: 900 }, locale: 'de-DE' })).newPage();
  await page.goto(base + '/login?weiter=/');
  await page.locator(`button[name=login][value="${login}"]`).click();
  await page.waitForURL((u) => !u.pathname.startsWith('/anmeldung') && !u.pathname.startsWith('/auth'));
  for (const p of paths) {
    await page.goto(base + p);
    await page.screenshot({ path: '/tmp/waves-shots/' + p.replace(/[^a-z0-9]+/gi, '-').slice(-60) + `--${login}--${width}.png`, fullPage: true });
  }
}
await b.close();

// What the browser tests share: signing in, and looking at a page the way axe, a keyboard and a narrow screen do.
import { expect } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';

// signIn goes through the development provider's page like a person does.
export async function signIn(page, login, path = '/') {
  await page.goto('/login?weiter=' + encodeURIComponent(path));
  await page.locator(`button[name=login][value="${login}"]`).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/anmeldung') && !url.pathname.startsWith('/auth'));
}

// inspect fails on any violation that axe finds, with everything unfolded, and on a page that scrolls sideways.
export async function inspect(page, where) {
  await page.evaluate(() => document.querySelectorAll('main details').forEach((d) => { d.open = true; }));
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .options({ resultTypes: ['violations'] })
    .analyze();
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);
  expect(found, `axe on ${where}`).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(sideways, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

// shoot keeps a picture of the whole page for our own eyes.
export async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `screenshots/${name}.png`, fullPage: true });
}

// listen collects what the browser complains about: scripts, policies, missing files.
export function listen(page) {
  const complaints = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(String(e)));
  return complaints;
}

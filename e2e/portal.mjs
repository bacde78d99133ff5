// What the browser tests share: signing in, and looking at a page the way axe, a keyboard and a narrow screen do.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';

// signIn goes through the development provider's page like a person does.
export async function signIn(page, login, path = '/') {
  await page.goto('/login?weiter=' + encodeURIComponent(path));
  await page.locator(`button[name=login][value="${login}"]`).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/anmeldung') && !url.pathname.startsWith('/auth'));
}

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// inspect fails on any violation that axe finds, with everything unfolded, and on a page that scrolls sideways; at each of
// these widths, or as wide as the page is.
export async function inspect(page, where, widths = [page.viewportSize().width]) {
  await page.evaluate(axe);
  await page.evaluate(() => document.querySelectorAll('main details').forEach((d) => { d.open = true; }));
  const lost = await page.evaluate(() => document.querySelector('form[action$="#ergebnis"]') && !document.querySelector('#ergebnis'));
  expect(lost, `${where} filters, and has no heading of what was found`).toBeFalsy();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate(async (values) => {
      const result = await window.axe.run({ runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
      return result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(', ')}`);
    }, rules);
    expect(found, `axe on ${where} at ${width} px`).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways, `${where} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  }
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

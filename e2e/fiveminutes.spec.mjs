// The five-minute test: a mail in the demo's post, its link, the sign-in, and at most two interactions until a step is
// finished, on a phone, with and without JavaScript. The Land's matrix shows the town blocked before, and the step done
// at once afterwards. Interactions are counted: a tap, or a field that is filled in.
import { expect, test } from '@playwright/test';
import { signIn } from './portal.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

// Each run has towns of its own, so that both may run at once; the first with a step to finish is taken.
const runs = [
  { towns: ['16066', '16067', '16069'], script: true },
  { towns: ['16068', '16070', '16075'], script: false },
];

async function as(browser, login, path, how = {}) {
  const page = await (await browser.newContext(how)).newPage();
  await signIn(page, login, path);
  return page;
}

// count wraps what a person does, and counts it.
function count() {
  const counter = { interactions: 0 };
  counter.tap = async (target) => { counter.interactions++; await target.click(); };
  counter.type = async (target, text) => { counter.interactions++; await target.fill(text); };
  return counter;
}

// openStep finds a step that the town can finish at once: neither shared with other checklists nor checked by others. What
// is left once a service is live blocks nothing any more.
async function openStep(page) {
  const rows = page.locator('main').getByRole('heading', { level: 3 }).getByRole('link');
  const steps = await rows.evaluateAll((all) => all.map((a) => a.getAttribute('href')).filter((href) => href.includes('/aufgaben/') && !/k_(hypercare|operate)$/.test(href)));
  for (const step of steps) {
    await page.goto(step);
    const done = page.getByRole('radio', { name: 'Erledigt', exact: false });
    const shared = page.getByText('Sie zählt in jeder Checkliste');
    if (await done.count() && !await shared.count()) return step;
  }
  return null;
}

for (const { towns, script } of runs) {
  test(`from a mail to a finished step, ${script ? 'with' : 'without'} JavaScript`, async ({ browser }) => {
    const how = { ...phone, javaScriptEnabled: script };
    let town, colleague, step;
    for (town of towns) {
      colleague = await as(browser, `k${town}-b`, '/', how);
      step = await openStep(colleague);
      if (step) break;
      await colleague.context().close();
    }
    const [, service, key] = step.match(/leistungen\/([^/]+)\/aufgaben\/(.+)/);

    const land = await as(browser, 'land', '/');
    const cell = async () => {
      await land.goto(`/matrix?leistung=${service}`);
      return (await land.locator(`table a[href="/kommunen/${town}/leistungen/${service}"]`).innerText()).replace(/\s+/g, ' ');
    };
    const done = async () => {
      await land.goto(`/leistungen/${service}/roll-in`);
      const row = land.locator('tr', { has: land.locator(`a[href="/kommunen/${town}/leistungen/${service}"]`) });
      return Number((await row.innerText()).match(/(\d+) von \d+/)[1]);
    };

    await test.step('an obstacle blocks the step, and the Land solves it', async () => {
      await colleague.goto(`/huerden/melden?einheit=${town}&leistung=${service}&aufgabe=${key}`);
      await colleague.getByRole('radio', { name: /^technisch/ }).check();
      await colleague.getByLabel('Was hindert Sie an dieser Aufgabe?').fill(`Quarkbällchen ${town} rollen rückwärts`);
      await colleague.getByRole('radio', { name: 'Nein, die Hürde blockiert sie' }).check();
      await colleague.getByRole('button', { name: /^(Hürde|Trotzdem neu) melden$/ }).click();
      const anew = colleague.getByRole('button', { name: 'Trotzdem neu melden' });
      if (await anew.count()) await anew.click();
      await expect(colleague.getByRole('status')).toContainText('gemeldet');
      expect(await cell(), 'the matrix').toContain('blockiert');
      await land.goto(new URL(colleague.url()).pathname);
      await land.getByRole('radio', { name: /^Lösen/ }).check();
      await land.getByLabel('Lösung oder Begründung').fill('Die neue Fassung des Leitfadens hilft.');
      await land.getByRole('button', { name: 'Speichern', exact: true }).click();
      await expect(land.getByRole('status')).toBeVisible();
    });
    const before = await done();

    const deep = await test.step('the mail arrives', async () => {
      let link;
      await expect.poll(async () => {
        await land.goto(`/demo/post?an=k${town}@`);
        const text = await land.locator('main').textContent();
        link = text.match(/https?:\/\/\S+\/aufgaben\/\S+/)?.[0];
        return link ?? '';
      }, { timeout: 60_000, intervals: [1000] }).toContain(step);
      return link;
    });

    await test.step('link, sign-in, two interactions, done', async () => {
      const person = await (await browser.newContext(how)).newPage();
      const counter = count();
      await person.goto(deep);
      await person.locator(`button[name=login][value="k${town}"]`).click();
      await person.waitForURL((url) => url.pathname === step);
      await expect(person.locator('main')).toContainText('Die neue Fassung des Leitfadens hilft.');
      const evidence = person.getByLabel('Nachweis', { exact: true });
      if (await evidence.count()) await counter.type(evidence, 'Vermerk vom Montag');
      await counter.tap(person.getByRole('button', { name: 'Speichern' }));
      await expect(person.getByRole('status')).toContainText(/gespeichert|erledigt/i);
      expect(counter.interactions).toBeLessThanOrEqual(2);
      await person.goto(step);
      await expect(person.locator('main')).toContainText('Erledigt');
    });

    expect(await done(), 'steps that the Land sees as done').toBe(before + 1);
  });
}

/** Lighthouse on its phone profile (a slow line and a slow processor, both simulated): the link as it opens, and the document. */
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';
import { PHONE, openPage } from '../../web/e2e/browser.mjs';
import { agree } from '../../web/e2e/visit.mjs';
import { line, times } from './figures.mjs';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];

async function judge(url) {
  const chrome = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'silent' });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    await chrome.kill();
  }
}

/** What costs points in any of the runs, by name. */
function faults(runs) {
  const found = new Map();
  for (const { categories, audits } of runs) {
    for (const category of CATEGORIES) {
      for (const { id, weight } of categories[category].auditRefs) {
        const { score, title, displayValue } = audits[id];
        if (weight > 0 && score !== null && score < 0.9) found.set(id, `${category}: ${title}${displayValue ? `, ${displayValue}` : ''}`);
      }
    }
  }
  return found;
}

export async function judged(server, browser) {
  await server.send({ recipients: [{ name: 'Ada Lovelace', email: 'judged@example.org' }] });
  const link = await server.linkFor('judged@example.org');
  for (const [name, ready] of [['the link as it opens', () => {}], ['the document, after one has agreed', () => agreedTo(browser, link)]]) {
    await ready();
    const runs = await times(() => judge(link));
    console.log(`\nLighthouse ${runs[0].lighthouseVersion}, phone: ${name}   (aim: 95 or more each)`);
    for (const category of CATEGORIES) line(category, runs.map((run) => run.categories[category].score * 100), 'of 100');
    line('largest paint', runs.map((run) => run.audits['largest-contentful-paint'].numericValue), 'ms');
    line('layout shift', runs.map((run) => run.audits['cumulative-layout-shift'].numericValue), '', 3);
    line('blocked', runs.map((run) => run.audits['total-blocking-time'].numericValue), 'ms');
    for (const [id, words] of faults(runs)) console.log(`  costs points: ${id} (${words})`);
  }
}

async function agreedTo(browser, link) {
  const page = await openPage(browser, PHONE);
  await page.goto(link);
  await agree(page);
  await page.context().close();
}

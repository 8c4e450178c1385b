import { accentShades, PAGE_LOCALES, SURFACES } from '@app/credentials';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HostedState } from '../hosted-state';
import { renderHostedNotice } from './hosted-notice';
import { renderHostedPage } from './hosted-page';
import type { HostedPageModel } from './hosted-page.model';
import { choosePageLanguage } from './language';
import { WORDS } from './words/index';

const STATE: HostedState = {
  step: 'device',
  version: 1,
  return_url: 'https://shop.example/no?cko-session-id=sid_x',
  cancel: 'declines',
};
const CHALLENGE: HostedState = {
  ...STATE,
  step: 'challenge',
  challenge: {
    url: 'https://acs.example/challenge',
    fields: { creq: 'Y3JlcQ', threeDSSessionData: 'dGlja2V0' },
    shown: true,
    returned: false,
  },
};

const aPage = (parts: Partial<HostedPageModel> = {}): HostedPageModel => ({
  language: choosePageLanguage('en-GB'),
  brand: { name: 'Robin & Söhne', logoUrl: '/hosted/logos/ab12', accent: null },
  purchase: { amountMinor: 6540, currency: 'EUR' },
  reference: 'ORD-1001',
  card: { scheme: 'visa', lastFour: '4242' },
  state: STATE,
  base: '/hosted/link',
  assets: { script: '/hosted/assets/page-0.js', styles: 'body{margin:0}' },
  nonce: 'bm9uY2U=',
  worksWithoutScript: true,
  ...parts,
});
const page = (parts: Partial<HostedPageModel> = {}): string => renderHostedPage(aPage(parts));
/** Every tag without its attributes' values. */
const structure = (text: string): string[] =>
  (text.match(/<[^>]+>/g) ?? []).map((tag) => tag.replaceAll(/="[^"]*"/g, '=""'));
const inElement = (text: string, name: string): string =>
  new RegExp(`<${name}[^>]*>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '';
const boot = (text: string): Record<string, unknown> =>
  JSON.parse(/<script id="boot"[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') as Record<string, unknown>;
const plain = (text: string): string => inElement(text.slice(text.indexOf('<body>')), 'noscript');

describe('the hosted page', () => {
  it('shows who asks, for what, with which card', () => {
    const text = page();

    expect(text).toContain('<bdi class="shop-name">Robin &amp; Söhne</bdi>');
    expect(text).toContain('<img class="logo" src="/hosted/logos/ab12" alt="">');
    expect(text).toContain('<bdi class="sum">€65.40</bdi>');
    expect(text).toContain('<bdi>ORD-1001</bdi>');
    expect(text).toContain('Visa •••• 4242');
    expect(text).toContain('Visa Secure');
    expect(inElement(text, 'title')).toBe('One moment, please · Robin &amp; Söhne');
  });

  it('has an initial for a logo, and no line for what is not known', () => {
    const text = page({
      brand: { name: 'élan', logoUrl: null, accent: null },
      purchase: null,
      reference: null,
      card: { scheme: null, lastFour: null },
    });

    expect(text).toContain('<span class="monogram" aria-hidden="true">É</span>');
    expect(text).toContain(WORDS.en.noCharge);
    expect(text).not.toMatch(/<dt>|class="programme"|class="sum"/);
  });

  it('is built the same whatever stands in it', () => {
    const nasty = fc.oneof(
      fc.string(),
      fc.constantFrom(`"><script>alert(1)</script>`, `'"<!--`, `</script><script>`, '{shop}', '$&', ']]>'),
    );
    const expected = structure(page({ state: CHALLENGE }));
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 8, maxLength: 8 }), (texts) => {
        const [name = '', reference = '', url = '', creq = '', data = '', back = '', lastFour = '', base = ''] = texts;
        const text = page({
          brand: { name, logoUrl: url, accent: null },
          reference,
          card: { scheme: 'visa', lastFour },
          state: {
            ...CHALLENGE,
            challenge: { url, fields: { creq, threeDSSessionData: data }, shown: true, returned: false },
            return_url: back,
          },
          base,
        });

        expect(structure(text)).toEqual(expected);
        expect(boot(text)).toMatchObject({ base, shop: name, state: { return_url: back } });
      }),
    );
  });

  it('has no inline attribute that a policy would refuse, and one nonce on all that it lets through', () => {
    const text = page({ brand: { name: 'x', logoUrl: null, accent: accentShades('#ff5500') } });

    expect(text).not.toMatch(/ (style|on\w+)=/);
    expect(text.match(/<(style|script)(?! (nonce="bm9uY2U="|id="boot"))/g)).toBeNull();
  });

  it('wears the merchant’s colour in the light and in the dark', () => {
    const { light, dark } = accentShades('#ffcc00');
    const text = page({ brand: { name: 'x', logoUrl: null, accent: { light, dark } } });

    expect(text).toContain(`:root{--accent:${light.ground};--on-accent:${light.ink}}`);
    expect(text).toContain(`(prefers-color-scheme:dark){:root{--accent:${dark.ground};--on-accent:${dark.ink}}}`);
  });

  it('takes nothing but colours for colours', () => {
    const shade = { ground: '#fff}</style><script>', ink: '#000000' };

    expect(page({ brand: { name: 'x', logoUrl: null, accent: { light: shade, dark: shade } } })).not.toContain('#fff}');
  });

  it('has the ground that colours are made for', () => {
    const sheet = readFileSync(resolve(__dirname, '../../../../../apps/hosted/src/page/page.css'), 'utf8');

    expect([...sheet.matchAll(/--surface: (#\w+);/g)].map(([, colour]) => colour)).toEqual([
      SURFACES.light,
      SURFACES.dark,
    ]);
  });

  it.each<[HostedState['step'], HostedState['outcome'], string, number | undefined]>([
    ['device', undefined, 'preparing', 0],
    ['method', undefined, 'preparing', 0],
    ['waiting', undefined, 'asking', 1],
    ['challenge', undefined, 'challenge', 1],
    ['done', 'success', 'confirmed', 2],
    ['done', 'failure', 'unconfirmed', 2],
  ])('shows %s %s as %s', (step, outcome, screen, current) => {
    const text = page({ state: { ...STATE, step, ...(outcome && { outcome }) } });
    const items = [...text.matchAll(/<li data-state="(\w+)"( aria-current="step")?>/g)];

    expect(text).toContain(`data-screen="${screen}"`);
    expect(items.findIndex(([, , now]) => now !== undefined)).toBe(current);
    expect(items.map(([, state]) => state)).toEqual(
      items.map((_, index) => (index < Number(current) ? 'done' : index === current ? 'now' : 'next')),
    );
  });

  it.each(PAGE_LOCALES)('speaks %s', (locale) => {
    const words = WORDS[locale];
    const text = page({ language: choosePageLanguage(locale) });

    expect(text).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`);
    expect(inElement(text, 'h1')).toBe(words.screens.preparing.title);
    expect(text).toContain(words.stepReady);
    expect(text).toContain('Visa Secure');
    expect(boot(text)).toMatchObject({ remarks: words.remarks });
    expect(text).not.toMatch(/\{(shop|card|digits|programme)\}/);
  });

  it('tells the script its words with names filled in', () => {
    const { screens } = boot(page()) as { screens: Record<string, { title: string; lead: string; step: number }> };

    expect(screens['leaving']).toEqual({ title: 'Back to \u2068Robin & Söhne\u2069', lead: 'One moment…', step: 2 });
  });
});

describe('the hosted page without script', () => {
  it.each(['device', 'method'] as const)('asks by a form at the step %s', (step) => {
    const text = plain(page({ state: { ...STATE, step } }));

    expect(text).toContain(
      '<form method="post" action="/hosted/link/continue"><button class="button">Continue</button>',
    );
  });

  it('says so where a script is needed', () => {
    const text = plain(page({ worksWithoutScript: false }));

    expect(text).toContain('For this card we need JavaScript');
    expect(text).not.toContain('<form');
  });

  it('tells the server before it posts the CReq, and then posts it as it is', () => {
    const challenge = { ...CHALLENGE.challenge!, shown: false };

    expect(plain(page({ state: { ...CHALLENGE, challenge } }))).toContain('action="/hosted/link/continue"');
    expect(plain(page({ state: CHALLENGE }))).toContain(
      '<form method="post" action="https://acs.example/challenge" target="_top"><input type="hidden" name="creq" value="Y3JlcQ">' +
        '<input type="hidden" name="threeDSSessionData" value="dGlja2V0"><button class="button">',
    );
  });

  it('offers to reload while the bank is asked, and never does so by itself', () => {
    const reload = '<form action="/hosted/link"><button class="button">Reload this page</button></form>';
    const waiting = page({ state: { ...STATE, step: 'waiting' } });

    expect(plain(waiting)).toContain(reload);
    expect(waiting).not.toMatch(/http-equiv/);
    expect(plain(page())).not.toContain(reload);
  });

  it('waits for the result once the bank’s page is through, which can still be opened', () => {
    const challenge = { ...CHALLENGE.challenge!, returned: true };
    const text = page({ state: { ...CHALLENGE, challenge } });

    expect(text).toContain('data-screen="checking"');
    expect(plain(text)).toContain('<form action="/hosted/link"><button class="button">Reload this page');
    expect(plain(text)).toContain('action="https://acs.example/challenge"');
  });

  it.each(['device', 'method', 'waiting', 'challenge', 'elsewhere', 'done'] as const)(
    'has a way back at the step %s',
    (step) => {
      const text = page({ state: { ...STATE, step } });

      expect(text).toContain('<form id="leave" method="post" action="/hosted/link/leave" target="_top">');
      expect(text).toContain(`href="${STATE.return_url}" target="_top"`);
    },
  );
});

describe('a notice in place of the page', () => {
  const notice = (...[kind, parts]: [Parameters<typeof renderHostedNotice>[0], object?]): string =>
    renderHostedNotice(kind, {
      language: choosePageLanguage('de'),
      assets: { styles: '' },
      nonce: 'bm9uY2U=',
      base: '/hosted/link',
      ...parts,
    });

  it.each(['not_found', 'expired', 'framed', 'busy', 'error'] as const)('says what to do: %s', (kind) => {
    const { title, lead } = WORDS.de.notices[kind];
    const text = notice(kind);

    expect(inElement(text, 'h1')).toBe(title);
    expect(inElement(text, 'title')).toBe(title);
    expect(text).toContain(lead);
    expect(text).not.toContain('<script');
  });

  it.each([
    ['busy', '<a class="button" href="/hosted/link">'],
    ['error', '<a class="button" href="/hosted/link">'],
    ['framed', '<a class="button" href="/hosted/link" target="_top">'],
  ] as const)('offers the way on: %s', (kind, link) => {
    expect(notice(kind)).toContain(link);
    expect(notice(kind, { base: null })).not.toContain('<a ');
  });

  it.each(['not_found', 'expired'] as const)('offers nothing where there is nothing: %s', (kind) => {
    expect(notice(kind)).not.toContain('<a ');
  });
});

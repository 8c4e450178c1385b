import { NOTIFICATION_POLICY, notificationPage } from './notification-page';

const HOME = 'https://3ds.example/hosted/abc?x=1&y=2';

describe('a notification page', () => {
  it('runs one script, whatever it is about', () => {
    const pages = [
      notificationPage('method-done', { id: '8a880dc0-d2d2-4067-bcb1-b08d1690b26e' }),
      notificationPage('challenge-returned'),
      notificationPage('challenge-returned', { returnUrl: HOME }),
    ];

    const scripts = pages.map((page) => /<script>(.*)<\/script>/.exec(page)?.[1]);

    expect(new Set(scripts).size).toBe(1);
    expect(NOTIFICATION_POLICY).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'; frame-ancestors \*$/,
    );
  });

  it('names its message', () => {
    expect(notificationPage('method-done', { id: 'a-1' })).toContain(
      '<body data-type="countersign:method-done" data-id="a-1">',
    );
    expect(notificationPage('challenge-returned')).toContain('<body data-type="countersign:challenge-returned">');
  });

  it('knows the way home: for scripts, without script, and by hand', () => {
    const page = notificationPage('challenge-returned', { returnUrl: HOME });

    const home = 'https://3ds.example/hosted/abc?x=1&amp;y=2';
    expect(page).toContain(`data-to="${home}"`);
    expect(page).toContain(`<noscript><meta http-equiv="refresh" content="0; url=${home}"></noscript></head>`);
    expect(page).toContain(`<a href="${home}">`);
  });

  it.each([undefined, null, 'javascript:alert(1)', 'data:text/html,x', '/hosted/abc'])(
    'goes nowhere with %j',
    (url) => {
      const page = notificationPage('challenge-returned', url === undefined ? {} : { returnUrl: url });

      expect(page).toBe(notificationPage('challenge-returned'));
    },
  );

  it.each([{ id: '"><script>alert(1)</script>' }, { returnUrl: 'https://3ds.example/"><script>alert(1)</script>' }])(
    'cannot be broken out of with %j',
    (options) => {
      expect(notificationPage('challenge-returned', options).match(/<script>/g)).toHaveLength(1);
    },
  );
});

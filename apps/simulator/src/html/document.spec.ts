import { markup } from './document';

describe('markup', () => {
  it('escapes every hole that is not markup itself', () => {
    const name = `"><script>alert('x')</script>&`;

    expect(markup`<p title="${name}">${markup`<b>${name}</b>`}${null}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">' +
        '<b>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</b></p>',
    );
  });
});

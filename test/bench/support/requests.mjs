/** Request bodies that the benches send. */

export const BROWSER_DATA = {
  channel: 'browser',
  accept_header: 'text/html,application/xhtml+xml',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
  ip_address: '203.0.113.7',
};

/** A creation without device data, of the demo merchant. */
export const aSession = (demo) => ({
  source: { type: 'card', number: '4485040371536584', expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' },
  amount: 6540,
  currency: 'EUR',
  processing_channel_id: demo.processingChannelId,
  reference: 'ORD-1001',
  completion: { type: 'non_hosted', callback_url: 'https://shop.example/callback' },
});

/** What `npm start` says when all is up: the addresses, and a first session to paste into a shell. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// A Visa test card that its issuer approves without a challenge; the 3DS Method is declared done.
const firstSession = (demo, simulatorUrl) => ({
  source: { type: 'card', number: '4485040371536584', expiry_month: 12, expiry_year: 2030 },
  amount: 4200,
  currency: 'EUR',
  processing_channel_id: demo.processingChannelId,
  completion: { type: 'non_hosted', ...(simulatorUrl ? { callback_url: `${simulatorUrl}/shop/callbacks` } : {}) },
  channel_data: {
    channel: 'browser',
    accept_header: 'text/html',
    java_enabled: false,
    javascript_enabled: true,
    language: 'en-GB',
    color_depth: '24',
    screen_height: '1080',
    screen_width: '1920',
    timezone: '0',
    user_agent: 'Mozilla/5.0',
    ip_address: '203.0.113.7',
    three_ds_method_completion: 'Y',
  },
});

/** Two commands for a POSIX shell that need only curl and sed. */
export const curlExample = (demo, simulatorUrl) =>
  [
    `TOKEN=$(curl -s '${demo.tokenUrl}' -d grant_type=client_credentials \\`,
    `  -d 'client_id=${demo.clientId}' --data-urlencode 'client_secret=${demo.clientSecret}' \\`,
    `  --data-urlencode 'scope=sessions:app sessions:browser' | sed -E 's/.*"access_token" *: *"([^"]+)".*/\\1/')`,
    `curl -s '${demo.apiUrl}/sessions' -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(firstSession(demo, simulatorUrl))}'`,
  ].join('\n');

/** The whole text; `seconds` since the start of `npm start`. */
export function summary({ apiUrl, simulatorUrl, dataDir, hasLogs, seconds }) {
  const demoFile = join(dataDir, 'demo.json');
  const hasDemo = existsSync(demoFile);
  const rows = [
    ['API', apiUrl],
    ['Console', `${apiUrl}/admin/${hasDemo ? ' (consoleEmail and consolePassword are among the credentials)' : ''}`],
    ...(simulatorUrl ? [['Demo shop', simulatorUrl]] : []),
    ['Health', `${apiUrl}/health/ready`],
    ...(hasDemo ? [['Credentials', demoFile]] : []),
    ...(hasLogs ? [['Logs', join(dataDir, 'logs')]] : []),
  ];
  const lines = [
    '',
    `Countersign is ready (${seconds.toFixed(1)} s)`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(12)} ${value}`),
    '',
  ];
  if (hasDemo) {
    lines.push(
      'A first session, to paste into a shell:',
      '',
      curlExample(JSON.parse(readFileSync(demoFile, 'utf8')), simulatorUrl),
      '',
    );
  }
  return [...lines, 'Ctrl-C stops everything.', ''].join('\n');
}

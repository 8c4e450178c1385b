import { encodeId } from '@app/kernel';

const SESSION = encodeId('session', '01997f1a-2b3c-7d4e-8f50-617283940abc');
const TRANSACTION = '9aea641d-0549-4222-9ca9-d90b43a4f38c';

/** Stands for the server's own address; whoever serves the document puts the true one in its place. */
export const ADDRESS = 'https://countersign.example';

const DS_TRANSACTION = '1ccc9a2f-8b64-4ef9-a0b9-2d7c3f3d1a10';

const browser = {
  channel: 'browser',
  accept_header: 'text/html',
  java_enabled: false,
  javascript_enabled: true,
  language: 'en-GB',
  color_depth: '24',
  screen_height: '1080',
  screen_width: '1920',
  timezone: '-60',
  user_agent: 'Mozilla/5.0',
  ip_address: '203.0.113.7',
};

const session = {
  id: SESSION,
  session_secret: 'sek_Dal7UyiH8rIFXA4PfgiIk2jUyQkVDeEWgVBEL4TsRTE=',
  transaction_id: TRANSACTION,
  scheme: 'visa',
  amount: 6540,
  currency: 'EUR',
  completed: false,
  authentication_type: 'regular',
  authentication_category: 'payment',
  challenge_indicator: 'no_preference',
  protocol_version: '2.2.0',
  reference: 'ORD-1001',
  card: {
    instrument_id: encodeId('instrument', '01997f1a-2b3c-7d4e-8f50-617283940abc'),
    fingerprint: 'Zs1mVqk3o9bQ0h1J5w2c',
    metadata: {},
  },
  ds: { ds_id: 'A000000003' },
  authentication_date: '2026-01-01T10:11:12.000Z',
};

const returns = { success_url: 'https://shop.example.com/paid', failure_url: 'https://shop.example.com/failed' };

const self = `${ADDRESS}/sessions/${SESSION}`;

/** Bodies to look at; a test holds each to its schema. The card numbers are the simulator's. */
export const EXAMPLES = {
  create: {
    withBrowser: {
      summary: 'Everything at once: authentication begins',
      value: {
        source: { type: 'card', number: '4556085951507152', expiry_month: 12, expiry_year: 2030, name: 'Ada Lovelace' },
        amount: 6540,
        currency: 'EUR',
        reference: 'ORD-1001',
        completion: { type: 'non_hosted', callback_url: 'https://shop.example.com/callbacks' },
        channel_data: { ...browser, three_ds_method_completion: 'U' },
      },
    },
    byToken: {
      summary: 'A card that a page has handed over, to be kept',
      value: {
        source: {
          type: 'token',
          token: encodeId('token', '01997f1a-2b3c-7d4e-8f50-617283940abc'),
          store_for_future_use: true,
        },
        amount: 6540,
        currency: 'EUR',
        completion: { type: 'non_hosted' },
      },
    },
    cardOnly: {
      summary: 'The card first, the browser later',
      value: {
        source: { type: 'card', number: '4485040371536584', expiry_month: 12, expiry_year: 2030 },
        amount: 6540,
        currency: 'EUR',
        completion: { type: 'non_hosted' },
      },
    },
    hosted: {
      summary: 'Our page leads the cardholder through',
      value: {
        source: { type: 'card', number: '4485040371536584', expiry_month: 12, expiry_year: 2030 },
        amount: 6540,
        currency: 'EUR',
        reference: 'ORD-1001',
        completion: { type: 'hosted', ...returns, callback_url: 'https://shop.example.com/callbacks' },
      },
    },
  },
  created: {
    approved: {
      value: {
        ...session,
        status: 'approved',
        next_actions: ['complete'],
        challenged: false,
        approved: true,
        response_code: 'Y',
        cryptogram: 'AAABBBCCCDDDEEEFFFGGGHHHIII=',
        eci: '05',
        flow_type: 'frictionless',
        verdict: {
          decided_by: 'issuer',
          liability_shift: 'yes',
          advice: 'authorize',
          text: 'The issuer authenticated the cardholder. Authorize with the cryptogram and ECI.',
        },
        _links: { self: { href: self }, complete: { href: `${self}/complete` } },
      },
    },
  },
  accepted: {
    pending: {
      value: {
        ...session,
        status: 'pending',
        next_actions: ['collect_channel_data', 'issuer_fingerprint'],
        _links: {
          self: { href: self },
          collect_channel_data: { href: `${self}/collect-data` },
          issuer_fingerprint: { href: `${self}/issuer-fingerprint` },
          three_ds_method_url: { href: 'https://acs.example.com/3ds-method' },
        },
      },
    },
    hosted: {
      value: {
        ...session,
        status: 'pending',
        next_actions: ['redirect_cardholder'],
        _links: {
          self: { href: self },
          redirect_url: { href: `${ADDRESS}/hosted/q0J8zW3mYb5cN7xT1vK9rL2sP4dF6gH8jA0eU_iO-3w` },
          success_url: { href: returns.success_url },
          failure_url: { href: returns.failure_url },
          callback_url: { href: 'https://shop.example.com/callbacks' },
        },
      },
    },
  },
  card: {
    visa: { value: { type: 'card', number: '4485040371536584', expiry_month: 12, expiry_year: 2030, cvv: '100' } },
  },
  cardToken: {
    visa: {
      value: {
        type: 'card',
        token: encodeId('token', '01997f1a-2b3c-7d4e-8f50-617283940abc'),
        expires_on: '2026-01-01T10:26:12.000Z',
        expiry_month: 12,
        expiry_year: 2030,
        scheme: 'Visa',
        last4: '6584',
        bin: '44850403',
      },
    },
  },
  channelData: { browser: { value: { ...browser, three_ds_method_completion: 'Y' } } },
  methodCompletion: { done: { value: { three_ds_method_completion: 'Y' } } },
  callback: {
    approved: {
      value: {
        session_id: SESSION,
        amount: 6540,
        currency: 'EUR',
        status: 'approved',
        approved: true,
        challenged: false,
        authentication_type: 'regular',
        authentication_category: 'payment',
        reference: 'ORD-1001',
        protocol_version: '2.2.0',
        response_code: 'Y',
        eci: '05',
      },
    },
  },
  authorizationData: {
    frictionless: {
      value: {
        session_id: SESSION,
        scheme: 'visa',
        liability_shift: 'yes',
        readable_until: '2026-01-02T10:11:12.000Z',
        emv: {
          messageVersion: '2.2.0',
          messageCategory: '01',
          transStatus: 'Y',
          eci: '05',
          authenticationValue: 'AAABBBCCCDDDEEEFFFGGGHHHIII=',
          threeDSServerTransID: TRANSACTION,
          dsTransID: DS_TRANSACTION,
        },
        adyen: {
          mpiData: {
            cavv: 'AAABBBCCCDDDEEEFFFGGGHHHIII=',
            eci: '05',
            dsTransID: DS_TRANSACTION,
            threeDSVersion: '2.2.0',
            directoryResponse: 'Y',
          },
        },
      },
    },
  },
  tokenRefused: { invalidClient: { value: { error: 'invalid_client' } } },
} as const;

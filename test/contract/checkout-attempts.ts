/** Attempts at the checkout connector's house, as sessions would have stored them. */
import type { Attempt, DeviceData, Source, Step } from '@app/authentication-port';
import { anAskedAttempt, aRequest } from './attempts';
import type { CheckoutHouse } from './checkout.house';
import { after } from './connector.contract';

type Learned = Extract<Step, { facts: object }>;

/** With device data, and the 3DS Method done. */
export function asked(house: CheckoutHouse, over: { number?: string; source?: Source } = {}): Attempt {
  const { source, ...rest } = over;
  const request = aRequest({ merchantId: house.merchantId, ...rest });
  return { ...anAskedAttempt(house.connector, source ? { ...request, source } : request), methodCompletion: 'Y' };
}

/** Without device data. */
export function planned(house: CheckoutHouse): Attempt {
  const { browser: _browser, ...attempt } = asked(house);
  return { ...attempt, progress: 'planned' };
}

/** Opened there without device data, as the merchant's page goes on with it. */
export async function opened(house: CheckoutHouse): Promise<Attempt> {
  const attempt = planned(house);
  return { ...after(attempt, await house.connector.start(attempt)), progress: 'opened' };
}

/** Brings the device data of an opened attempt. */
export async function collect(house: CheckoutHouse, attempt: Attempt): Promise<Step> {
  const { browser } = asked(house);
  if (!browser) throw new Error('An asked attempt has a browser');
  const device: DeviceData = { channel: 'browser', browser };
  return house.connector.advance(
    { ...attempt, progress: 'asked' },
    { type: 'channel_data', device, methodCompletion: 'Y' },
  );
}

/** A step that taught something. */
export function learned(step: Step): Learned {
  if (!('facts' in step)) throw new Error(`${step.next}: ${step.cause.detail}`);
  return step;
}

import type { InstrumentSource } from '@app/authentication-port';
import type { Cardholder } from '@app/cards';
import { Pan } from '@app/kernel';
import { aSession } from '../testing/sessions';
import { withCard } from './card-source';
import type { CreateSession } from './new-session';

const NUMBER = '4242424242424242';

const named = (more: Partial<InstrumentSource> = {}): CreateSession => {
  const source: InstrumentSource = { kind: 'token', reference: 'tok_1', stored: false, ...more };
  const { details } = aSession();
  return { source, details: { ...details, source }, keepsCard: true } as unknown as CreateSession;
};
const held = (holder: Cardholder = {}): Parameters<typeof withCard>[1] => ({
  number: Pan.fromTrusted(NUMBER),
  expiryMonth: 12,
  expiryYear: 2030,
  holder,
});

describe('a command whose card was handed over before', () => {
  it('is that of a card; of the name that stood for it nothing is left', () => {
    const command = withCard(named(), held());

    expect(command.source).toEqual({
      kind: 'card',
      stored: false,
      number: held().number,
      expiryMonth: 12,
      expiryYear: 2030,
    });
    expect(command.details.source).toEqual({ kind: 'card', stored: false });
    expect(JSON.stringify(command)).not.toContain('tok_1');
    expect(command.keepsCard).toBe(true);
  });

  it('knows of the cardholder what was said with the card', () => {
    const holder = {
      name: 'Ada Lovelace',
      billingAddress: { line1: '1 Main Street' },
      phone: { countryCode: '44', number: '7700900123' },
    };

    const { source, details } = withCard(named({ stored: true }), held(holder));

    const said = {
      kind: 'card',
      stored: true,
      name: 'Ada Lovelace',
      billingAddress: { line1: '1 Main Street' },
      mobilePhone: { countryCode: '44', number: '7700900123' },
    };
    expect(details.source).toEqual(said);
    expect(source).toMatchObject(said);
  });

  it('goes by the request where that says something else', () => {
    const holder = { name: 'Ada', billingAddress: { city: 'Paris' }, phone: { countryCode: '33', number: '1' } };
    const request = {
      scheme: 'mastercard',
      billingAddress: { city: 'London' },
      mobilePhone: { countryCode: '44', number: '2' },
      homePhone: { countryCode: '44', number: '3' },
    } as const;

    expect(withCard(named(request), held(holder)).details.source).toEqual({
      kind: 'card',
      stored: false,
      name: 'Ada',
      ...request,
    });
  });
});

import type { Schemas } from '../api/admin-api';
import { Check } from '../ui/Checks';
import { TextInput } from '../ui/TextInput';

/** A client of an upstream’s, as somebody types it. */
export interface TypedCredential {
  readonly clientId: string;
  readonly clientSecret: string;
  /** A day, or nothing. */
  readonly expires: string;
  readonly isTested: boolean;
}

export const NO_CREDENTIAL: TypedCredential = { clientId: '', clientSecret: '', expires: '', isTested: true };

/** As the API takes it. */
export const credentialBody = ({
  clientId,
  clientSecret,
  expires,
  isTested,
}: TypedCredential): Schemas['RotateConnectorAccount'] => ({
  client_id: clientId.trim(),
  client_secret: clientSecret.trim(),
  test: isTested,
  ...expiryBody(expires),
});

/** A day on which an upstream ends a credential, or nothing, as the API takes it. */
export const expiryBody = (day: string): Schemas['Expiry'] => (day === '' ? {} : { expires_at: `${day}T00:00:00Z` });

interface ExpiryInputProps {
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly autoFocus?: boolean;
}

/** Takes that day. */
export function ExpiryInput({ value, onChange, autoFocus = false }: ExpiryInputProps) {
  return (
    <TextInput
      label="Expires there on (optional)"
      names={['expires_at']}
      value={value}
      onChange={onChange}
      hint="You are warned 90, 30, 7 days and one day before."
      attributes={{ type: 'date' }}
      autoFocus={autoFocus}
    />
  );
}

interface CredentialFieldsProps {
  readonly credential: TypedCredential;
  readonly onChange: (credential: TypedCredential) => void;
}

/** The part of a form that takes a client id and secret of an upstream’s. */
export function CredentialFields({ credential, onChange }: CredentialFieldsProps) {
  const set = (change: Partial<TypedCredential>): void => onChange({ ...credential, ...change });
  return (
    <>
      <TextInput
        label="Client id there"
        names={['client_id']}
        value={credential.clientId}
        onChange={(clientId) => set({ clientId })}
        isRequired
        attributes={{ maxLength: 200, autoComplete: 'off', spellCheck: false }}
      />
      <TextInput
        label="Client secret there"
        names={['client_secret']}
        type="password"
        value={credential.clientSecret}
        onChange={(clientSecret) => set({ clientSecret })}
        isRequired
        hint="It is sealed as soon as it arrives. Nobody sees it again."
        attributes={{ maxLength: 500, autoComplete: 'off' }}
      />
      <ExpiryInput value={credential.expires} onChange={(expires) => set({ expires })} />
      <Check
        label="Try it at the upstream first"
        isChecked={credential.isTested}
        onChange={(isTested) => set({ isTested })}
      />
    </>
  );
}

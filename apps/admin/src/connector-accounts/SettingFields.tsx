import type { Account } from '../merchants/types';
import { TextInput } from '../ui/TextInput';

/** Where an account leads, as somebody types it. */
export interface TypedSettings {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  /** With space between. */
  readonly scopes: string;
  /** A `pc_…` there, or nothing. */
  readonly channel: string;
}

export const NO_SETTINGS: TypedSettings = {
  apiUrl: '',
  tokenUrl: '',
  scopes: 'sessions:app sessions:browser',
  channel: '',
};

/** As somebody would have typed what is there. */
export const settingsOf = ({ api_url, token_url, scopes, upstream_channel_id }: Account): TypedSettings => ({
  apiUrl: api_url,
  tokenUrl: token_url,
  scopes: scopes.join(' '),
  channel: upstream_channel_id ?? '',
});

/** As the API takes it. */
export const settingsBody = ({ apiUrl, tokenUrl, scopes, channel }: TypedSettings) => ({
  api_url: apiUrl.trim(),
  token_url: tokenUrl.trim(),
  scopes: scopes.split(/\s+/).filter((one) => one !== ''),
  upstream_channel_id: channel.trim(),
});

const ADDRESS = { maxLength: 2048, spellCheck: false, autoComplete: 'off' };

interface SettingFieldsProps {
  readonly settings: TypedSettings;
  readonly onChange: (change: Partial<TypedSettings>) => void;
}

/** The part of a form that says where an account leads, and what its tokens are asked for. */
export function SettingFields({ settings, onChange }: SettingFieldsProps) {
  return (
    <>
      <TextInput
        label="API address"
        names={['api_url', 'api_base_url']}
        value={settings.apiUrl}
        onChange={(apiUrl) => onChange({ apiUrl })}
        isRequired
        hint="Such as https://abcdefgh.api.sandbox.checkout.com"
        attributes={ADDRESS}
      />
      <TextInput
        label="Token address"
        names={['token_url']}
        value={settings.tokenUrl}
        onChange={(tokenUrl) => onChange({ tokenUrl })}
        isRequired
        hint="Such as https://abcdefgh.access.sandbox.checkout.com/connect/token"
        attributes={ADDRESS}
      />
      <TextInput
        label="Scopes"
        names={['scopes', 'upstream_scopes']}
        value={settings.scopes}
        onChange={(scopes) => onChange({ scopes })}
        hint="With a space between. Empty: what the upstream grants by itself"
        attributes={{ spellCheck: false, autoComplete: 'off' }}
      />
      <TextInput
        label="Processing channel there (optional)"
        names={['upstream_channel_id', 'upstream_processing_channel_id']}
        value={settings.channel}
        onChange={(channel) => onChange({ channel })}
        hint="Of the form pc_ and 26 characters. Empty: the upstream’s default"
        attributes={{ maxLength: 29, spellCheck: false, autoComplete: 'off' }}
      />
    </>
  );
}

import { useState } from 'react';
import type { Environment } from '../merchants/types';
import { ENVIRONMENTS } from '../merchants/words';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { SecretDialog } from '../ui/SecretDialog';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { CredentialFields, credentialBody, NO_CREDENTIAL } from './CredentialFields';
import { NO_SETTINGS, settingsBody, SettingFields } from './SettingFields';

interface NewAccountProps {
  readonly merchantId: string;
  readonly onClose: () => void;
}

/** Makes an account at an upstream, and tells once where the upstream's webhooks go. */
export function NewAccount({ merchantId, onClose }: NewAccountProps) {
  const [name, setName] = useState('');
  const [environment, setEnvironment] = useState<Environment>('test');
  const [settings, setSettings] = useState(NO_SETTINGS);
  const [credential, setCredential] = useState(NO_CREDENTIAL);
  const [address, setAddress] = useState<string | null>(null);
  const done = useDone();
  const make = async (given: Given): Promise<void> => {
    const data = {
      merchant_id: merchantId,
      connector: 'checkout' as const,
      environment,
      name: name.trim(),
      ...settingsBody(settings),
      ...credentialBody(credential),
    };
    const made = await perform('POST connector-accounts', given, { body: data });
    setAddress(made.webhook_address);
    await done('The account is there.');
  };
  if (address !== null) {
    return (
      <SecretDialog title="Where the upstream’s webhooks go" told={{ 'Webhook address': address }} onClose={onClose} />
    );
  }
  return (
    <ActDialog
      title="New account at Checkout.com"
      label="Create"
      explanation={['The credential is tried first: nothing is stored that does not work.']}
      onDo={make}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      <SelectInput label="Environment" value={environment} choices={ENVIRONMENTS} onChange={setEnvironment} />
      <SettingFields settings={settings} onChange={(change) => setSettings({ ...settings, ...change })} />
      <CredentialFields credential={credential} onChange={setCredential} />
    </ActDialog>
  );
}

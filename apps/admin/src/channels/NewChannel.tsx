import { useState } from 'react';
import { ENVIRONMENTS } from '../merchants/words';
import type { Environment } from '../merchants/types';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { SecretDialog } from '../ui/SecretDialog';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';
import { ROUTES } from './words';

interface NewChannelProps {
  readonly merchantId: string;
  readonly onClose: () => void;
}

/** Makes a channel, and tells its webhook secret once. */
export function NewChannel({ merchantId, onClose }: NewChannelProps) {
  const [name, setName] = useState('');
  const [environment, setEnvironment] = useState<Environment>('test');
  const [connectors, setConnectors] = useState('emv3ds');
  const [told, setTold] = useState<Readonly<Record<string, string>> | null>(null);
  const done = useDone();
  const make = async (given: Given): Promise<void> => {
    const data = {
      merchant_id: merchantId,
      environment,
      name: name.trim(),
      route: connectors.split(',').map((connector) => ({ connector })),
    };
    const made = await perform('POST channels', given, { body: data });
    setTold({ 'Channel id': made.id, 'Webhook secret': made.webhook_secret });
    await done('The channel is there.');
  };
  if (told) return <SecretDialog title="The channel is there" told={told} onClose={onClose} />;
  return (
    <ActDialog title="New channel" label="Create" onDo={make} onClose={onClose}>
      <TextInput
        label="Name"
        names={['name']}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      <SelectInput
        label="Environment"
        value={environment}
        choices={ENVIRONMENTS}
        onChange={setEnvironment}
        hint="Test and live never meet. It cannot be changed later."
      />
      <SelectInput label="Connectors" value={connectors} choices={ROUTES} onChange={setConnectors} />
    </ActDialog>
  );
}

import { useState } from 'react';
import type { Channel } from '../merchants/types';
import { perform } from '../providers/acts';
import { SCHEME_NAMES } from '../sessions/words';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Check, Checks } from '../ui/Checks';
import { TextInput } from '../ui/TextInput';
import { useDone } from '../ui/use-done';

const SCHEMES = Object.entries(SCHEME_NAMES).map(([value, label]) => ({ value, label }));

/** What claims to be a route; null where it is not JSON. */
function routeIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // said beside the field
  }
}

/** Changes what a merchant decides of a channel; for new sessions alone. */
export function EditChannel({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const [name, setName] = useState(channel.name);
  const [route, setRoute] = useState(() => JSON.stringify(channel.route, null, 1));
  const [schemes, setSchemes] = useState<readonly string[]>(channel.preferred_schemes);
  const [minutes, setMinutes] = useState(String(channel.session_minutes));
  const [retention, setRetention] = useState(String(channel.card_retention_minutes));
  const [isAutomatic, setAutomatic] = useState(channel.auto_complete);
  const done = useDone();
  const wanted = routeIn(route);
  const save = async (given: Given): Promise<void> => {
    const data = {
      name: name.trim(),
      // Whatever was typed: the server says best what is wrong with it.
      route: (wanted ?? 'none') as Channel['route'],
      preferred_schemes: schemes,
      session_minutes: Number(minutes),
      card_retention_minutes: Number(retention),
      auto_complete: isAutomatic,
    };
    await perform('PATCH channels/{id}', given, { path: { id: channel.id }, body: data });
    await done('The channel is changed.');
    onClose();
  };
  return (
    <ActDialog
      title="Edit the channel"
      label="Save"
      explanation={['It counts for new sessions within five seconds; sessions under way go on as they began.']}
      of={channel}
      onDo={save}
      onClose={onClose}
    >
      <TextInput label="Name" value={name} onChange={setName} isRequired autoFocus attributes={{ maxLength: 100 }} />
      <TextInput
        label="Route"
        value={route}
        onChange={setRoute}
        lines={4}
        problem={wanted === null ? 'This is not JSON' : null}
        hint="Connectors in the order in which they are asked, each with conditions where it has any."
        attributes={{ spellCheck: false }}
      />
      <Checks label="Preferred for co-badged cards" choices={SCHEMES} chosen={schemes} onChange={setSchemes} />
      <TextInput
        label="Life of an open session, in minutes"
        value={minutes}
        onChange={setMinutes}
        hint="5 to 60"
        attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,2}' }}
      />
      <TextInput
        label="Card number kept after the end, in minutes"
        value={retention}
        onChange={setRetention}
        hint="0 to 1440. An operator can retry a session as long as its card is kept."
        attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,4}' }}
      />
      <Check label="Complete sessions that the merchant leaves open" isChecked={isAutomatic} onChange={setAutomatic} />
    </ActDialog>
  );
}

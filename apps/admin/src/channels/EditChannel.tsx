import type { Channel } from '../merchants/types';
import { perform } from '../providers/acts';
import { SCHEME_NAMES } from '../sessions/words';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Check, Checks } from '../ui/Checks';
import { TextInput } from '../ui/TextInput';
import { edited } from '../ui/edited';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';

const SCHEMES = Object.entries(SCHEME_NAMES).map(([value, label]) => ({ value, label }));

/** What claims to be a route; null where it is not JSON. */
function routeIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // said beside the field
  }
}

/** A channel's settings as they are typed. */
const formOf = (channel: Channel) => ({
  name: channel.name,
  route: JSON.stringify(channel.route, null, 1),
  schemes: channel.preferred_schemes as readonly string[],
  minutes: String(channel.session_minutes),
  retention: String(channel.card_retention_minutes),
  isAutomatic: channel.auto_complete,
});

/** What was typed as the API takes it. */
const bodyOf = (form: ReturnType<typeof formOf>) => ({
  name: form.name.trim(),
  // Whatever was typed: the server says best what is wrong with it.
  route: (routeIn(form.route) ?? 'none') as Channel['route'],
  preferred_schemes: form.schemes,
  session_minutes: Number(form.minutes),
  card_retention_minutes: Number(form.retention),
  auto_complete: form.isAutomatic,
});

/** Changes what a merchant decides of a channel; for new sessions alone. */
export function EditChannel({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const there = formOf(channel);
  const { form, type } = useDraft(there);
  const done = useDone();
  const save = async (given: Given): Promise<void> => {
    const body = edited(bodyOf(there), bodyOf(form));
    await perform('PATCH channels/{id}', given, { path: { id: channel.id }, body });
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
      <TextInput
        label="Name"
        names={['name']}
        value={form.name}
        onChange={(name) => type({ name })}
        isRequired
        autoFocus
        attributes={{ maxLength: 100 }}
      />
      <TextInput
        label="Route"
        names={['route']}
        value={form.route}
        onChange={(route) => type({ route })}
        lines={4}
        problem={routeIn(form.route) === null ? 'This is not JSON' : null}
        hint="Connectors in the order in which they are asked, each with conditions where it has any."
        attributes={{ spellCheck: false }}
      />
      <Checks
        label="Preferred for co-badged cards"
        choices={SCHEMES}
        chosen={form.schemes}
        onChange={(schemes) => type({ schemes })}
      />
      <TextInput
        label="Life of an open session, in minutes"
        names={['session_minutes']}
        value={form.minutes}
        onChange={(minutes) => type({ minutes })}
        hint="5 to 60"
        attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,2}' }}
      />
      <TextInput
        label="Card number kept after the end, in minutes"
        names={['card_retention_minutes']}
        value={form.retention}
        onChange={(retention) => type({ retention })}
        hint="0 to 1440. An operator can retry a session as long as its card is kept."
        attributes={{ inputMode: 'numeric', pattern: '[0-9]{1,4}' }}
      />
      <Check
        label="Complete sessions that the merchant leaves open"
        isChecked={form.isAutomatic}
        onChange={(isAutomatic) => type({ isAutomatic })}
      />
    </ActDialog>
  );
}

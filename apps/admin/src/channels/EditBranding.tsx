import { useState } from 'react';
import type { Channel } from '../merchants/types';
import { perform } from '../providers/acts';
import { ActDialog } from '../ui/ActDialog';
import type { Given } from '../ui/given';
import { Check } from '../ui/Checks';
import { FileInput } from '../ui/FileInput';
import { SelectInput } from '../ui/SelectInput';
import { TextInput } from '../ui/TextInput';
import { edited } from '../ui/edited';
import { useDone } from '../ui/use-done';
import { useDraft } from '../ui/use-draft';
import { PagePreview } from './PagePreview';
import { PAGE_LOCALES } from './words';

/** What a text field says: nothing is the page's own way. */
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A picture as the API takes it: base64, without the head of its `data:` address. */
const contentOf = (dataUrl: string): string => dataUrl.slice(dataUrl.indexOf(',') + 1);

function readPicture(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('The picture cannot be read'));
    reader.readAsDataURL(file);
  });
}

/** A look as it is typed. */
const formOf = (branding: Channel['branding']) => ({
  name: branding.display_name ?? '',
  accent: branding.accent ?? '',
  locale: branding.locale ?? '',
  origins: branding.frame_ancestors.join('\n'),
});

/** What somebody else may have changed of it meanwhile; the shades are made of the accent. */
const editableOf = ({ branding: { shades: _shades, ...look }, version }: Channel) => ({ ...look, version });

/** What was typed as the API takes it. */
const bodyOf = ({ name, accent, locale, origins }: ReturnType<typeof formOf>) => ({
  display_name: name.trim(),
  accent: accent.trim(),
  locale,
  frame_ancestors: origins.split(/\s+/).filter((origin) => origin !== ''),
});

/** Changes how the channel's pages look, and shows what they will look like. */
export function EditBranding({ channel, onClose }: { readonly channel: Channel; readonly onClose: () => void }) {
  const { branding } = channel;
  const there = formOf(branding);
  const { form, type } = useDraft(there);
  const [picture, setPicture] = useState<string | null>(null);
  const [isWithoutLogo, setWithoutLogo] = useState(false);
  const done = useDone();
  const choose = (file: File | null): void => {
    if (file === null) setPicture(null);
    else void readPicture(file).then(setPicture, () => setPicture(null));
  };
  const logo = isWithoutLogo ? { logo: '' } : picture === null ? {} : { logo: contentOf(picture) };
  const save = async (given: Given): Promise<void> => {
    const body = { ...edited(bodyOf(there), bodyOf(form)), ...logo };
    await perform('PATCH channels/{id}/branding', given, { path: { id: channel.id }, body });
    await done('The pages of the channel have their new look.');
    onClose();
  };
  return (
    <ActDialog
      title="Edit the look of pages"
      label="Save"
      explanation={['Pages show it within five seconds, also those of sessions under way.']}
      of={editableOf(channel)}
      onDo={save}
      onClose={onClose}
    >
      <PagePreview
        name={orNull(form.name) ?? channel.name}
        accent={orNull(form.accent)}
        logo={isWithoutLogo ? null : (picture ?? branding.logo_url)}
      />
      <TextInput
        label="Name, as customers know the shop"
        names={['display_name']}
        value={form.name}
        onChange={(name) => type({ name })}
        hint="Empty: the channel’s name"
        attributes={{ maxLength: 60 }}
        autoFocus
      />
      <TextInput
        label="Colour of buttons"
        names={['accent']}
        value={form.accent}
        onChange={(accent) => type({ accent })}
        hint="Such as #0b6b52. It is made darker or lighter where it could not be told from the page."
        attributes={{ maxLength: 7, spellCheck: false }}
      />
      <SelectInput
        label="Language, for browsers that want none of ours"
        value={form.locale}
        choices={PAGE_LOCALES}
        onChange={(locale) => type({ locale })}
      />
      <TextInput
        label="Pages that may frame ours"
        names={['frame_ancestors']}
        value={form.origins}
        onChange={(origins) => type({ origins })}
        lines={2}
        hint="Origins such as https://shop.example, one a line. Empty: none may."
        attributes={{ spellCheck: false }}
      />
      <FileInput
        label="Logo"
        accept="image/png,image/jpeg,image/webp"
        onChange={choose}
        hint="PNG, JPEG or WebP, at most 64 KiB"
        isDisabled={isWithoutLogo}
      />
      {branding.logo_url !== null && (
        <Check label="Take the logo away" isChecked={isWithoutLogo} onChange={setWithoutLogo} />
      )}
    </ActDialog>
  );
}

import Button from '@mui/material/Button';
import { useState } from 'react';
import type { Channel } from '../merchants/types';
import { useMay } from '../session/me';
import { Facts } from '../ui/Facts';
import { Section } from '../ui/Section';
import { EditBranding } from './EditBranding';
import { PagePreview } from './PagePreview';
import { PAGE_LOCALES } from './words';

/** How the pages look that the channel's customers see. */
export function Branding({ channel }: { readonly channel: Channel }) {
  const mayWrite = useMay('merchants.write');
  const [isOpen, setOpen] = useState(false);
  const { branding } = channel;
  return (
    <Section title="Look of pages" actions={mayWrite && <Button onClick={() => setOpen(true)}>Edit the look</Button>}>
      <Facts
        facts={[
          ['Name on pages', branding.display_name ?? channel.name],
          ['Colour of buttons', branding.accent ?? 'The page’s own'],
          ['Language', PAGE_LOCALES.find(({ value }) => value === (branding.locale ?? ''))?.label],
          ['May frame our pages', branding.frame_ancestors.join(', ') || 'Nobody'],
          [
            'Looks like this',
            <PagePreview
              key="preview"
              name={branding.display_name ?? channel.name}
              accent={branding.shades?.light.ground ?? null}
              logo={branding.logo_url}
            />,
          ],
        ]}
      />
      {isOpen && <EditBranding channel={channel} onClose={() => setOpen(false)} />}
    </Section>
  );
}

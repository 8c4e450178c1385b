import { styled } from '@mui/material/styles';

/** The hosted page's own colour, where a channel has none. */
const USUAL = '#2b5bd7';

const Frame = styled('figure')(({ theme }) => ({
  margin: 0,
  padding: 16,
  display: 'grid',
  gap: 12,
  justifyItems: 'start',
  border: `1px solid ${theme.tokens.line}`,
  borderRadius: 10,
  background: '#ffffff',
  color: '#14171f',
}));

const Head = styled('div')({
  display: 'flex',
  alignItems: 'center',
  gap: 10,
  minWidth: 0,
  fontWeight: 600,
  overflowWrap: 'anywhere',
});

const Logo = styled('img')({ maxHeight: 32, maxWidth: 120 });

const PageButton = styled('span')({ padding: '8px 14px', borderRadius: 8, fontWeight: 600 });

/** Black or white, whichever reads better on a ground (WCAG 2.2, relative luminance). */
function inkOn(ground: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(ground.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // Where white no longer has 4.5 to 1, black has.
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5 ? '#ffffff' : '#000000';
}

interface PagePreviewProps {
  readonly name: string;
  readonly accent: string | null;
  /** An address, or the picture itself. */
  readonly logo: string | null;
}

/** What customers will see of a channel's look, on a light page. */
export function PagePreview({ name, accent, logo }: PagePreviewProps) {
  const ground = accent !== null && /^#[0-9a-f]{6}$/i.test(accent) ? accent : USUAL;
  return (
    <Frame aria-label="Preview of the page">
      <Head>
        {logo !== null && <Logo src={logo} alt="" />}
        <span>{name}</span>
      </Head>
      <PageButton style={{ background: ground, color: inkOn(ground) }}>Continue</PageButton>
    </Frame>
  );
}

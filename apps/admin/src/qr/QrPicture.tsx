import { useMemo } from 'react';
import { qrCode } from './qr-code';

/** The quiet zone that a reader needs around (ISO/IEC 18004 section 9.1). */
const QUIET = 4;

/** `text` as a QR code, black on white in either theme: readers want it so. */
export function QrPicture({
  text,
  name,
  size = 184,
}: {
  readonly text: string;
  readonly name: string;
  readonly size?: number;
}) {
  const { path, width } = useMemo(() => {
    const rows = qrCode(text);
    const dark = rows.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
    );
    return { path: dark.join(''), width: rows.length + 2 * QUIET };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={name}
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      shapeRendering="crispEdges"
      style={{ display: 'block', borderRadius: 8, background: '#ffffff' }}
    >
      <path d={path} fill="#000000" />
    </svg>
  );
}

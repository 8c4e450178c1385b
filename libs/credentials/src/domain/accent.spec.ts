import fc from 'fast-check';
import { accentShades, contrast, isColour, SURFACES } from './accent';

const aColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#ffffff', 1],
    ['#767676', '#ffffff', 4.54],
    ['#0000ff', '#ffffff', 8.59],
  ])('of %s and %s is %d', (one, other, expected) => {
    expect(contrast(one, other)).toBeCloseTo(expected, 2);
    expect(contrast(other, one)).toBeCloseTo(expected, 2);
  });
});

describe('the shades of an accent', () => {
  it('can be read, and told from the page, for every colour', () => {
    fc.assert(
      fc.property(aColour, (accent) => {
        for (const scheme of ['light', 'dark'] as const) {
          const { ground, ink } = accentShades(accent)[scheme];
          expect(isColour(ground)).toBe(true);
          expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
          expect(contrast(ground, SURFACES[scheme])).toBeGreaterThanOrEqual(3);
        }
      }),
    );
  });

  it.each(['#000000', '#ffffff', '#ffff00', '#1a1d25', '#777777'])('exist for %s', (accent) => {
    const { light, dark } = accentShades(accent);

    expect(contrast(light.ground, SURFACES.light)).toBeGreaterThanOrEqual(3);
    expect(contrast(dark.ground, SURFACES.dark)).toBeGreaterThanOrEqual(3);
  });

  it('leave a colour alone that does well', () => {
    expect(accentShades('#2B5BD7').light).toEqual({ ground: '#2b5bd7', ink: '#ffffff' });
    expect(accentShades('#ffcc00').dark).toEqual({ ground: '#ffcc00', ink: '#000000' });
  });
});

describe('a colour', () => {
  it.each(['red', '#fff', '#ggg000', '#2b5bd7ff', ' #2b5bd7', '#2b5bd7;', ''])('is not %j', (text) => {
    expect(isColour(text)).toBe(false);
  });
});

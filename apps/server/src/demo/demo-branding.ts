/** How the demo merchants' pages look: each in another way, so that one sees whose customer one is. */
import type { BrandingChange } from '@app/credentials';

/** Small pictures (PNG, base64): a bag, two rings, a tick. */
const BAG = [
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAABgBAMAAAAQtmoLAAAAMFBMVEUPdm4Pdm4Pdm4Pdm4Pdm4Pdm4Pdm4Pdm4th4BLmJJpqaSHu7elzMnD3d',
  'vh7u3///96PsCQAAAAEHRSTlMAJEltkrbb////////////J6IGdAAAAY1JREFUeNrtmC9Pw0AYxm8LBMtHmCDhI8wSzCyKfgJSS2DtNZDMLoR/',
  'loBAEgxIwFCLw+IqISBqgdE+5Eo72vS6u0eB6M+sTfrL3ftu2fV5hchZWpcz2FgVVbqONOD1Ks+70ohfMjqOtMBbnAp9acV28fyctGQlFwa2wp',
  'BcoFiiby9kVXQkgWrUPCOsCSGWGWFLCOEygi9EV1L0uBJUEQucsMnVrKoecMJQOJzgcV1VfZUkfyYEeydjRjiLgfTOXrhCxqutcIicJzthB1Mu',
  'rITwV5jYCKUFdEvUhWP14Nvl6b36fLcQoqI/qleJWVA7+sq+tOBRt6eaMALw8HN5AODZKJwDaf6rCGLgwyiEwGdxfa1pbE2IS9sYAalJCADcFD',
  'e7AMYzhf0INZLbZkFVWScdNwpH0PLSKIR6YdIoRHohaRTQQCu0Qiu0Qiv8Z4H+u6cPFKsjy+UORb/6Km0+dj3+ZZ2OA3TgoCMNHZroWMYHPzpa',
  '0uGVjsd8AKcjPj9EoMcU/CCEHrXwwxxiXPQNz+EznpRVaZIAAAAASUVORK5CYII=',
].join('');
const RINGS = [
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAABgBAMAAAAQtmoLAAAAMFBMVEXCQQzCQQzCQQzCQQzCQQzCQQzCQQzCQQzKWSrRcUnZiGfhoIbouKTw0M',
  'L35+H///+FItlSAAAAEHRSTlMAJEltkrbb////////////J6IGdAAAAexJREFUeNrtmD9PAjEYxgvRuPoRGEz8CKzGhdXJ+wSG1SjQu0Ndy2Ic',
  'CWFwdNPRsHijo6NOOppgjKv4h5pe4d72rpV7dOWZnnL9pe3b0vYtYzNt7PJftLfNbFUDvkDtmlW/yReqYxCVgJdQez0D6ryUDuf1V3hJbc2ARl',
  'mgBTYwb6JeHkhHUeGAVKBWEWCHMbaJAAeMsSYCdBirckg1bAhqEGsYsI+NWY26gQEtFmBAG4uqiisHtQRS9QY9h/UCw0cp5esoZ71AeCm1xsKw',
  'fiCrJOXYsMILnEqnHnxALD268ACJD/h0A13p1bUTuPIDHy4g1N++R4PhU8EKB6BD9CIoWio64U0uUMzu0ZcwOpd2JLyz+5QB4Vs2Om2lnIosFl',
  'NRAGKKX2zHP7GmIgNO1M+3ZJWe0+IRWRM4p4ZTq7o1oc5OCkBCM5rafLkAqIC/G/ZMTYQuG9YAVLv3hj1W/dJlwxIQ0pLRtksT3DXn2gL6ho2o',
  'VuQCIgIiAvr5b/8A4C7Bg4bDik8cvDTgxQcvb/gPBP9F4U0A32bgjQzeKvHNGN7u8QMFPrLwQxE+dvGD/Q9Xh+WNzAnAF134Kg1f1uF0AE444J',
  'QGTprgtAxP/ODUEk5e4fQYT8DhFB9/RICfKfCHEPipBX/MAZ6LfgDDgLbIZKd/3gAAAABJRU5ErkJggg==',
].join('');
const TICK = [
  'iVBORw0KGgoAAAANSUhEUgAAAGAAAABgBAMAAAAQtmoLAAAAMFBMVEVtKNltKNltKNltKNltKNltKNltKNltKNl/Q96SXuOkeee2lOzIrvHbyf',
  'bt5Pr///9KLH+iAAAAEHRSTlMAJEltkrbb////////////J6IGdAAAAfxJREFUeNrtmLFOAkEQhheisfURKEx8BFpjQ2slT2BojQJ7B/YXE6DF',
  'xIQrKSmNsaDEjpbOFitaBWTMcXt4u7fLzZ9YMvV8Nzc7/87urBDKzq7lHru5FLoVqzLHGiXNvyZzrZkiClXJsMbpDihLlt0n/keSaRcKqHCBOh',
  'ggCVHmA9ssChKwaKGOEeBKCHGOAHdCiBoCNIUoSshKWApREicYcIvlHGVdwYC6qGJAA1vVaF0laAfgn4DHtycI8Be06SNASETfAOATEW0CPtCL',
  'AOqzAW+xBV7YQByAD3gfhP1SJ/bnJz2NAfaytmN/GnKBUey/4kqjReYa5QBh7L/mqtVTAWZcQBXtJ2ACShU0d24g7/k1/bFupmgmMCD6zKpi7t',
  'yivl6iBzJlZALbHJemKpbuJhBqRbKowgTGmgwsqrADNNFUMZF5v0TrwKUKa9JE9J4q2mwf4NOfFKyqyBQu3InNrooMkITYBHZVZMU3UMRcqeIr',
  'r3snf0J2VVjk3dP8l/nngx5iyDhQuin/FecESjaBVRXWLdrZ+a8DFuBNiVyqsDeBB3IXzd41xk5VOID23gC2vjQyGnwu0HKpwtn59P7EAIwOeL',
  'hgSfyiC1+l4cs6PA7AAwc80sBDEzyW4YMfPFrCwys8HuMDODzi448I8DMF/hACP7XgjznAc9Evz2XU5hG71NUAAAAASUVORK5CYII=',
].join('');

const picture = (base64: string): Buffer => Buffer.from(base64, 'base64');

export const DEMO_BRANDING = {
  demo: { displayName: 'Demo Shop', accent: '#0f766e', logo: picture(BAG) },
  second: { displayName: 'Second & Sons', accent: '#c2410c', logo: picture(RINGS) },
  checkout: { displayName: 'Checkout Shop', accent: '#6d28d9', logo: picture(TICK) },
} as const satisfies Record<string, BrandingChange>;

/**
 * A shape for each class, so that colour is not the only sign: paths around (0, 0).
 */
export const SHAPES = ["M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0", "M-4.5-4.5h9v9h-9z", "M0-5.6L5.2 4H-5.2z", "M0-6L6 0L0 6L-6 0z", "M-5-1.6h3.4V-5h3.2v3.4H5v3.2H1.6V5h-3.2V1.6H-5z"];

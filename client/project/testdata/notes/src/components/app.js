export const app = "any folder below the root will do";

// The tabs a first visitor finds. A tab is titled by its operation's name.

const products = `# Five products, their prices and main image.
query Products {
  products(first: 5) {
    nodes {
      id
      name
      slug
      priceRange {
        lowest { amount currency }
        highest { amount currency }
      }
      image { url altText }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;

const product = `# What a product page shows, found by its slug.
query Product {
  productBySlug(slug: "canvas-tote") {
    name
    description
    options { name values { name } }
    variants {
      id
      sku
      price { amount currency }
      compareAtPrice { amount currency }
      isAvailable
      selectedOptions { name value }
    }
    images { url altText }
    collections { name slug }
  }
}
`;

const collections = `# Collections, what is below them and in them.
query Collections {
  collections(first: 10, filter: { isTopLevel: true }) {
    nodes {
      name
      slug
      children { name slug }
      products(first: 3) {
        nodes { name }
      }
    }
  }
}
`;

const signIn = `# Staff sign-in: fill in the variables below,
# run it, then use the token from the answer.
mutation SignIn($input: StaffSignInInput!) {
  staffSignIn(input: $input) {
    session { accessToken refreshToken expiresAt }
    userErrors { code message field }
  }
}
`;

const rename = `# Renames a product: sign in first, then put
# the product's id into the variables below.
mutation Rename($id: ID!) {
  productUpdate(id: $id, input: { name: "A better name" }) {
    product { id name version }
    userErrors { code message field }
  }
}
`;

const variables = (value) => JSON.stringify(value, null, 2);

export const exampleTabs = [
  { query: products },
  { query: product },
  { query: collections },
  { query: signIn, variables: variables({ input: { email: 'owner@example.com', password: '' } }) },
  { query: rename, variables: variables({ id: '' }) },
];

/** What a new, empty tab starts with. */
export const blankTab = '# Ctrl-Space suggests, Ctrl-Enter runs.\n\n';

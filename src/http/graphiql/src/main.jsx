// Puts the page together: our bar, and below it GraphiQL in what is left of the window.

import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createRoot } from 'react-dom/client';

import { Bar } from './bar.jsx';
import { blankTab, exampleTabs } from './examples.js';
import { fetcher } from './fetcher.js';
import './page.css';
import { listenForDocsSearch } from './shortcuts.js';
import { safeStorage } from './storage.js';

const storage = safeStorage();

function Page() {
  return (
    <>
      <Bar />
      <main className="tradepost-graphiql">
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          defaultTabs={exampleTabs}
          defaultQuery={blankTab}
          defaultEditorToolsVisibility="variables"
          inputValueDeprecation
          schemaDescription
          shouldPersistHeaders={false}
        />
      </main>
    </>
  );
}

listenForDocsSearch();
createRoot(document.getElementById('app')).render(<Page />);

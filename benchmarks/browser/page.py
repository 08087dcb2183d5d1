"""What is asked of a page of JupyterLab, in JavaScript: to run a cell, and when it has drawn."""

# Run the one cell of the notebook; what it shows replaces what it showed. That it has ended is one
# more message, and may be dropped as well.
RUN = """async code => {
    const notebook = jupyterapp.shell.currentWidget;
    await notebook.sessionContext.ready;
    notebook.content.activeCell.model.sharedModel.setSource(code);
    await Promise.race([jupyterapp.commands.execute('notebook:run-cell'),
        new Promise(done => setTimeout(done, 30_000))]);
    return notebook.content.activeCell.model.toJSON().outputs
        .map(each => each.text ?? each.ename ?? '').flat().join('');
}"""

# What the cell has printed: of tens of thousands of messages the print may come last.
PRINTED = """() => window.jupyterapp.shell.currentWidget.content.activeCell.model
    .toJSON().outputs.map(each => each.text ?? '').flat().join('')"""

# From now on, note when the drawing of the last canvas of the page ended, and of what state it was.
WATCH = """() => {
    const state = cy => JSON.stringify([cy.zoom(), cy.pan(), cy.elements().length,
        cy.nodes().slice(-3).map(each => each.position()),
        Object.values(cy.renderer().imageCache ?? {}).map(each => each.image.complete)]);
    const listen = cy => {
        cy.on('render', () => {
            const drawn = state(cy);
            if (drawn !== window.seen.state) {
                const at = (performance.timeOrigin + performance.now()) / 1000;
                window.seen = { cy, state: drawn, at, nodes: cy.nodes().length, still: 0 };
            }
        });
        return { cy };
    };
    const look = () => {
        const cy = [...document.querySelectorAll('.custom-widget')].at(-1)?._cyreg?.cy;
        if (cy && cy !== window.seen?.cy) { window.seen = listen(cy); }
        if (window.seen) { window.seen.still += 1; }
        window.watching = requestAnimationFrame(look);
    };
    cancelAnimationFrame(window.watching);
    window.seen = undefined;
    look();
}"""

# When that was, once everything is there and five frames have changed nothing.
PAINTED = """nodes => window.seen?.nodes >= nodes && window.seen.still > 5
    && !window.seen.state.includes('false') && window.seen.at"""

# Where on the page the node is that is furthest from the top left, so never under a legend.
PLACE = """css => {
    const cy = document.querySelector('.' + css)._cyreg.cy;
    const node = cy.nodes().filter(each => !each.id().startsWith('group:')).last();
    const {x, y} = node.renderedPosition();
    const box = cy.container().getBoundingClientRect();
    return [x + box.x, y + box.y];
}"""

# The time of the first frame in which the last of what stands around the canvas is there.
FURNISHED = """css => {
    const explorer = document.querySelector('.' + css)?.closest('.lineage-explorer');
    return explorer?.querySelector('.lineage-lines')
        ? (performance.timeOrigin + performance.now()) / 1000 : false;
}"""

"""Where the parts of a drawing stand: geometry for the templates, which write it as SVG. Lengths are in pixels."""

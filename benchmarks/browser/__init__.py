"""A notebook in a real JupyterLab in Chromium, watched while it draws."""

// Poppler's headers name cairo's types in calls that nobody makes here: that they exist is enough, and cairo's own
// headers would bring its library along.
#pragma once

typedef struct _cairo cairo_t;
typedef struct _cairo_surface cairo_surface_t;
typedef struct _cairo_region cairo_region_t;

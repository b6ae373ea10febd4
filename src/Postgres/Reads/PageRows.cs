using JikoXpress.Grains.Abstractions.Reads;

namespace JikoXpress.Postgres.Reads;

/// <summary>A page from its rows, which were read in the direction in which it was asked for.</summary>
internal static class PageRows
{
    extension(PageRequest page)
    {
        /// <summary>From the place that is named towards the beginning of the list.</summary>
        public bool GoesBack => page.Before is not null;

        /// <summary>How many rows to read: one more than asked for shows whether there are more.</summary>
        public int RowsToRead => page.Limit + 1;

        /// <summary>The page in the list's order.</summary>
        public Page<T> Of<T>(IReadOnlyList<T> rows)
        {
            var items = rows.Take(page.Limit);
            return new Page<T>([.. page.GoesBack ? items.Reverse() : items], rows.Count > page.Limit);
        }
    }
}

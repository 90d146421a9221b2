using System.Linq.Expressions;

namespace Microsoft.Extensions.VectorData;

public sealed partial class FilteredRecordRetrievalOptions<TRecord>
{
    /// <summary>What the records are sorted by.</summary>
    public sealed class OrderByDefinition
    {
        private readonly List<SortInfo> _values = [];

        /// <summary>The sort keys, the deciding one first.</summary>
        public IReadOnlyList<SortInfo> Values => _values;

        /// <summary>Sorts by a property, least first.</summary>
        /// <param name="propertySelector">The property.</param>
        /// <returns>This definition.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="propertySelector"/> is null.</exception>
        public OrderByDefinition Ascending(Expression<Func<TRecord, object?>> propertySelector) => Add(propertySelector, ascending: true);

        /// <summary>Sorts by a property, greatest first.</summary>
        /// <param name="propertySelector">The property.</param>
        /// <returns>This definition.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="propertySelector"/> is null.</exception>
        public OrderByDefinition Descending(Expression<Func<TRecord, object?>> propertySelector) => Add(propertySelector, ascending: false);

        private OrderByDefinition Add(Expression<Func<TRecord, object?>> propertySelector, bool ascending)
        {
            ArgumentNullException.ThrowIfNull(propertySelector);
            _values.Add(new SortInfo(propertySelector, ascending));
            return this;
        }

        /// <summary>One sort key.</summary>
        public sealed class SortInfo
        {
            internal SortInfo(Expression<Func<TRecord, object?>> propertySelector, bool ascending)
            {
                PropertySelector = propertySelector;
                Ascending = ascending;
            }

            /// <summary>The property to sort by.</summary>
            public Expression<Func<TRecord, object?>> PropertySelector { get; }

            /// <summary>Whether the least comes first.</summary>
            public bool Ascending { get; }
        }
    }
}

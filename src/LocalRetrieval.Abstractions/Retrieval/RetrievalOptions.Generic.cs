using System.Linq.Expressions;

namespace LocalRetrieval;

/// <summary>Options of one retrieval over records of type <typeparamref name="TRecord"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
/// <remarks>
/// A type derived from this one is for middleware that knows it: a retriever refuses a type that may say more than it reads, so that
/// no condition is lost. The middleware hands on <see cref="ToBaseOptions"/>, with its own values worked into them.
/// </remarks>
public class RetrievalOptions<TRecord> : RetrievalOptions
    where TRecord : class
{
    /// <summary>Options that leave all to the retriever.</summary>
    public RetrievalOptions()
    {
    }

    /// <summary>A copy of <paramref name="other"/>; null gives the defaults.</summary>
    /// <param name="other">The options to copy.</param>
    protected RetrievalOptions(RetrievalOptions<TRecord>? other)
        : base(other) => Filter = other?.Filter;

    internal RetrievalOptions(RetrievalOptions other)
        : base(other)
    {
    }

    /// <summary>The records that may be returned.</summary>
    /// <value>A condition that the vector store understands, or null for all records. The default is null.</value>
    public Expression<Func<TRecord, bool>>? Filter { get; set; }

    /// <inheritdoc />
    public override RetrievalOptions<TRecord> Clone() => new(this);

    internal override Type KnownType => typeof(RetrievalOptions<TRecord>);

    internal override RetrievalOptions Narrow(RetrievalOptions options)
    {
        RetrievalOptions copy = base.Narrow(options);
        if (Filter is null)
        {
            return copy;
        }

        RetrievalOptions<TRecord> typed = copy.For<TRecord>();

        // What is filtered without a scope is nobody's to share.
        typed.CacheScope = CacheScope is null || (typed.Filter is not null && options.CacheScope is null) ? null : typed.CacheScope;
        typed.Filter = FilterExpressions.And(typed.Filter, Filter);
        return typed;
    }

    /// <summary>A copy of what every retriever of such records reads, without what a derived type adds.</summary>
    public RetrievalOptions<TRecord> ToBaseOptions() => new(this);
}

using System.Linq.Expressions;

namespace LocalRetrieval;

/// <summary>Options of one retrieval over records of type <typeparamref name="TRecord"/>.</summary>
/// <typeparam name="TRecord">The type of the records that hold the passages.</typeparam>
public sealed class RetrievalOptions<TRecord> : RetrievalOptions
    where TRecord : class
{
    /// <summary>The records that may be returned.</summary>
    /// <value>A condition that the vector store understands, or null for all records. The default is null.</value>
    public Expression<Func<TRecord, bool>>? Filter { get; set; }
}

namespace Microsoft.Extensions.VectorData;

/// <summary>An operation of a vector store failed.</summary>
public class VectorStoreException : Exception
{
    /// <summary>Makes an exception with a general message.</summary>
    public VectorStoreException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What failed.</param>
    public VectorStoreException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one caused.</summary>
    /// <param name="message">What failed.</param>
    /// <param name="innerException">The cause.</param>
    public VectorStoreException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The system's name, as OpenTelemetry's <c>db.system.name</c> has it.</summary>
    public string? VectorStoreSystemName { get; init; }

    /// <summary>The name of the store, such as a database's.</summary>
    public string? VectorStoreName { get; init; }

    /// <summary>The name of the collection that the operation was about.</summary>
    public string? CollectionName { get; init; }

    /// <summary>The name of the operation.</summary>
    public string? OperationName { get; init; }
}

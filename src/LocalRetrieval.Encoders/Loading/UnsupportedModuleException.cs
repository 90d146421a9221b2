namespace LocalRetrieval.Encoders;

/// <summary>
/// A module, or a setting of one, that is read but not supported: told apart from damaged files, since a graph that pools by itself can do without its
/// modules. What reads a model's folder turns it into <see cref="Refusal"/>.
/// </summary>
internal sealed class UnsupportedModuleException(InvalidDataException refusal) : Exception(refusal.Message, refusal)
{
    public UnsupportedModuleException(string message)
        : this(new InvalidDataException(message))
    {
    }

    /// <summary>What users see.</summary>
    public InvalidDataException Refusal => refusal;

    /// <summary>Reads a model whose modules must all be supported.</summary>
    /// <exception cref="InvalidDataException">One is not.</exception>
    public static T Refuse<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnsupportedModuleException exception)
        {
            throw exception.Refusal;
        }
    }
}

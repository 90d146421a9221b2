using System.Linq.Expressions;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Which properties of a record are its key, its data and its vectors.</summary>
internal sealed class RecordModel(Type recordType, KeyProperty key, DataProperty[] data, VectorProperty[] vectors)
{
    private readonly string[] _textProperties = [.. vectors.Where(property => property.IsText).Select(property => property.Name)];

    private readonly HashSet<string> _descriptions = [.. ((RecordProperty[])[key, .. data, .. vectors]).Select(property => property.Describe())];

    public Type RecordType => recordType;

    public KeyProperty Key => key;

    public DataProperty[] Data => data;

    public VectorProperty[] Vectors => vectors;

    /// <summary>Whether another model stores the same.</summary>
    public bool StoresLike(RecordModel other) =>
        ReferenceEquals(this, other) || (recordType == other.RecordType && _descriptions.SetEquals(other._descriptions));

    /// <summary>Copies a record's key and data.</summary>
    public TRecord CopyWithoutVectors<TRecord>(TRecord record)
        where TRecord : class
    {
        TRecord copy = Activator.CreateInstance<TRecord>();
        key.Set(copy, key.Get(record));
        foreach (DataProperty property in data)
        {
            property.Set(copy, DataValue.Copy(property.Get(record)));
        }

        return copy;
    }

    /// <summary>The index in <see cref="Vectors"/> of the property that a search is about.</summary>
    /// <exception cref="InvalidOperationException">There is no such vector property, or several and no selector.</exception>
    public int FindVector<TRecord>(Expression<Func<TRecord, object?>>? selector)
    {
        if (selector is null)
        {
            return vectors.Length == 1 ? 0 : throw new InvalidOperationException(vectors.Length == 0
                ? $"{recordType.Name} has no vector property to search."
                : $"{recordType.Name} has several vector properties: "
                    + $"name one of {string.Join(", ", vectors.Select(property => property.Name))} in the options' VectorProperty.");
        }

        string? name = MemberName(selector.Body);
        int index = Array.FindIndex(vectors, property => property.Name == name);
        return index >= 0 ? index : throw new InvalidOperationException($"'{selector}' is no vector property of {recordType.Name}.");
    }

    /// <exception cref="NotSupportedException">The record has a vector made from text, which cannot be returned in its place.</exception>
    public void ThrowIfVectorsCannotBeReturned()
    {
        if (_textProperties.Length > 0)
        {
            throw new NotSupportedException(
                $"IncludeVectors: property '{_textProperties[0]}' of {recordType.Name} holds text, so its vector cannot be returned. "
                + $"Leave IncludeVectors false, or declare the property as one of {VectorValue.SupportedTypes}.");
        }
    }

    /// <summary>Says where another model differs in what is stored.</summary>
    public string DifferenceFrom(RecordModel other)
    {
        return recordType != other.RecordType
            ? $"records of type {other.RecordType} instead of {recordType}"
            : $"{Join([.. other._descriptions.Except(_descriptions)])} instead of {Join([.. _descriptions.Except(other._descriptions)])}";

        static string Join(string[] descriptions) => descriptions.Length == 0 ? "nothing" : string.Join(", ", descriptions);
    }

    private static string? MemberName(Expression body) => body switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } conversion => MemberName(conversion.Operand),
        MemberExpression { Expression: ParameterExpression } member => member.Member.Name,
        _ => null,
    };
}

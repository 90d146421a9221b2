using System.Linq.Expressions;
using LocalRetrieval.VectorData.Filtering;

namespace LocalRetrieval.VectorData.Records;

/// <summary>Which properties of a record are its key, its data and its vectors, and where a row keeps them.</summary>
/// <remarks>
/// The slots go by storage name, the key's first, so that two descriptions of one collection agree on them whatever their records' types.
/// </remarks>
internal sealed class RecordModel
{
    private readonly Dictionary<string, RecordProperty> _byName;
    private readonly HashSet<string> _descriptions;

    public RecordModel(Type recordType, KeyProperty key, IEnumerable<DataProperty> data, IEnumerable<VectorProperty> vectors)
    {
        RecordType = recordType;
        Key = key;
        Data = [.. data];
        Vectors = [.. vectors];
        Properties = [key, .. Data.Concat<RecordProperty>(Vectors).OrderBy(property => property.StorageName, StringComparer.Ordinal)];
        VectorColumns = [.. Properties.OfType<VectorProperty>()];
        Place();
        _byName = Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        _descriptions = [.. Properties.Select(property => property.Describe())];
    }

    public Type RecordType { get; }

    /// <summary>Whether the records are dictionaries.</summary>
    public bool IsDynamic => RecordType == typeof(Dictionary<string, object?>);

    public KeyProperty Key { get; }

    /// <summary>The data properties in the order of the description.</summary>
    public DataProperty[] Data { get; }

    /// <summary>The vector properties in the order of the description.</summary>
    public VectorProperty[] Vectors { get; }

    /// <summary>All properties by slot.</summary>
    public RecordProperty[] Properties { get; }

    /// <summary>The vector properties by column.</summary>
    public VectorProperty[] VectorColumns { get; }

    public RecordProperty? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same model, with the same slots and columns, that makes no vectors.</summary>
    public RecordModel WithoutGenerators() => new(RecordType, Key, Data, Vectors.Select(property => property.WithoutGenerator()));

    /// <summary>The same model with vectors of other dimensions, by column, that makes no vectors.</summary>
    public RecordModel WithDimensions(int[] dimensions) => new(RecordType, Key, Data, Vectors.Select(property => property.WithoutGenerator(dimensions[property.Column])));

    /// <summary>Whether another model stores the same.</summary>
    public bool StoresLike(RecordModel other) => ReferenceEquals(this, other) || _descriptions.SetEquals(other._descriptions);

    /// <summary>Whether another model stores the same, be it with vectors of other dimensions; slots and columns are the same then.</summary>
    public bool StoresLikeButForDimensions(RecordModel other) =>
        Properties.Select(property => property.DescribeWithoutDimensions()).SequenceEqual(other.Properties.Select(property => property.DescribeWithoutDimensions()));

    /// <summary>Says where another model differs in what is stored.</summary>
    public string DifferenceFrom(RecordModel other)
    {
        return $"{Join(other._descriptions.Except(_descriptions))} instead of {Join(_descriptions.Except(other._descriptions))}";

        static string Join(IEnumerable<string> descriptions) => string.Join(", ", descriptions.DefaultIfEmpty("nothing"));
    }

    /// <summary>The vector property that a search is about.</summary>
    /// <exception cref="InvalidOperationException">There is no such vector property, or several and no selector.</exception>
    public VectorProperty FindVector<TRecord>(Expression<Func<TRecord, object?>>? selector) =>
        selector is null ? FindOnlyVector() : Select(selector) as VectorProperty ?? throw NoVector(selector);

    /// <summary>The vector property of a name.</summary>
    /// <exception cref="InvalidOperationException">There is no such vector property, or several and no name.</exception>
    public VectorProperty FindVector(string? name) =>
        name is null ? FindOnlyVector() : Find(name) as VectorProperty ?? throw NoVector(name);

    /// <summary>The full-text property that a keyword search is about.</summary>
    /// <exception cref="InvalidOperationException">There is no such property, or several and no selector.</exception>
    public DataProperty FindText<TRecord>(Expression<Func<TRecord, object?>>? selector)
    {
        DataProperty[] texts = [.. Data.Where(property => property.IsFullTextIndexed)];
        if (selector is null)
        {
            return texts.Length == 1 ? texts[0] : throw new InvalidOperationException(texts.Length == 0
                ? $"The '{RecordType.Name}' type has no full-text property: mark one with IsFullTextIndexed."
                : $"The '{RecordType.Name}' type has multiple full-text properties, please specify your chosen property via options.");
        }

        return Select(selector) is DataProperty { IsFullTextIndexed: true } property
            ? property
            : throw new InvalidOperationException($"'{selector}' is no full-text property of {RecordType.Name}; its full-text properties are {Names(texts)}.");
    }

    /// <exception cref="NotSupportedException">The record has a vector made from something else, which cannot be returned in its place.</exception>
    public void ThrowIfVectorsCannotBeReturned()
    {
        if (Array.Exists(Vectors, property => property.Format is null))
        {
            throw new NotSupportedException("When an embedding generator is configured, `Include Vectors` cannot be enabled.");
        }
    }

    /// <summary>The property that <c>record => record.Name</c> or <c>record => record["Name"]</c> selects; null where there is none.</summary>
    public RecordProperty? Select(LambdaExpression selector) => SelectedName(selector.Body) is { } name ? Find(name) : null;

    private VectorProperty FindOnlyVector() => Vectors.Length == 1 ? Vectors[0] : throw new InvalidOperationException(Vectors.Length == 0
        ? $"The '{RecordType.Name}' type has no vector property to search."
        : $"The '{RecordType.Name}' type has multiple vector properties, please specify your chosen property via options.");

    private InvalidOperationException NoVector(object asked) =>
        new($"'{asked}' is no vector property of {RecordType.Name}; its vector properties are {Names(Vectors)}.");

    private static string Names(RecordProperty[] properties) =>
        properties.Length == 0 ? "none" : string.Join(", ", properties.Select(property => property.Name));

    private string? SelectedName(Expression body) => body switch
    {
        UnaryExpression { NodeType: ExpressionType.Convert } conversion => SelectedName(conversion.Operand),
        MemberExpression { Expression: ParameterExpression } member when !IsDynamic => member.Member.Name,
        MethodCallExpression { Object: ParameterExpression, Method.Name: "get_Item", Arguments: [{ } name] } when IsDynamic =>
            CapturedValues.TryEvaluate(name, out object? value) ? value as string : null,
        _ => null,
    };

    private void Place()
    {
        for (int slot = 0; slot < Properties.Length; slot++)
        {
            Properties[slot].Slot = slot;
        }

        for (int column = 0; column < VectorColumns.Length; column++)
        {
            VectorColumns[column].Column = column;
        }
    }
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using LocalRetrieval.Rag;
using LocalRetrieval.VectorData;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalRetrieval.Tests.Options;

/// <summary>What holds for every property of every registration's options: none can be forgotten by a section or by a copy.</summary>
public sealed class EveryOptionTests
{
    // What only code can set, and what names nothing outside of the process.
    private static readonly string[] CodeOnly = ["Pipeline", "Mapping", "VectorProperty", "Definition", "TokenCounter", "TokenGenerator", "EmbeddingGenerator", "SharedWith", "Readers", "Fields", "RelevanceModel"];

    private static readonly Dictionary<Type, Func<IConfiguration, Action<object>, IServiceCollection>> Registrations = new()
    {
        [typeof(LocalEmbeddingOptions)] = (section, seen) => new ServiceCollection().AddLocalEmbeddings(section, seen),
        [typeof(LocalRerankerOptions)] = (section, seen) => new ServiceCollection().AddLocalReranker(section, seen),
        [typeof(LocalSparseEmbeddingOptions)] = (section, seen) => new ServiceCollection().AddLocalSparseEmbeddings(section, seen),
        [typeof(LocalMultiVectorEmbeddingOptions)] = (section, seen) => new ServiceCollection().AddLocalMultiVectorEmbeddings(section, seen),
        [typeof(LocalLateInteractionRerankerOptions)] = (section, seen) => new ServiceCollection().AddLocalLateInteractionReranker(section, seen),
        [typeof(LocalVectorStoreOptions)] = (section, seen) => new ServiceCollection().AddLocalVectorStore(section, seen),
        [typeof(PassageIndexerOptions)] = (section, seen) => new ServiceCollection().AddPassageIndexer(section, seen),
        [typeof(PassageRetrieverOptions<Passage>)] = (section, seen) => new ServiceCollection().AddPassageRetriever<string, Passage>("docs", section, seen),
    };

    public static IEnumerable<object[]> Properties => from type in Registrations.Keys from property in Settable(type) select new object[] { type, property.Name };

    public static TheoryData<Type> Types => [.. Registrations.Keys];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Section_EveryProperty_IsBoundOrRefusedByName(Type type, string name)
    {
        PropertyInfo property = type.GetProperty(name)!;
        if (CodeOnly.Contains(name))
        {
            Assert.StartsWith($"'Local:{name}': {name} is ", Refusal(type, name), StringComparison.Ordinal);
            return;
        }

        (string Key, string? Value)[] sample = [.. Sample(property.PropertyType).Select(value => (name + value.Key, (string?)value.Value))];

        object? bound = Bind(type, sample, out _);

        Assert.NotEqual(Text(property.GetValue(Activator.CreateInstance(type))), Text(property.GetValue(bound)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Copy_EveryProperty_IsCopied(Type type)
    {
        PropertyInfo[] bindable = [.. Settable(type).Where(property => !CodeOnly.Contains(property.Name))];
        object original = Bind(type, [.. from property in bindable from value in Sample(property.PropertyType) select (property.Name + value.Key, (string?)value.Value)], out _)!;
        PropertyInfo? pipeline = type.GetProperty("Pipeline");
        pipeline?.SetValue(original, Delegate.CreateDelegate(pipeline.PropertyType, typeof(EveryOptionTests).GetMethod(nameof(AddNothing), BindingFlags.NonPublic | BindingFlags.Static)!));

        object copy = Activator.CreateInstance(type, original)!;

        Assert.All(bindable, property => Assert.Equal(Text(property.GetValue(original)), Text(property.GetValue(copy))));
        Assert.All(bindable, property => Assert.NotEqual(Text(property.GetValue(Activator.CreateInstance(type))), Text(property.GetValue(copy))));
        Assert.Same(pipeline?.GetValue(original), pipeline?.GetValue(copy));
    }

    private static void AddNothing(object builder)
    {
    }

    private static string Refusal(Type type, string name)
    {
        Assert.Null(Bind(type, [(name, "x")], out Exception? exception));
        return Assert.IsType<OptionsValidationException>(exception).Message;
    }

    // The options as they are before they are validated, or null where the section was refused.
    private static object? Bind(Type type, (string Key, string? Value)[] values, out Exception? exception)
    {
        object? seen = null;
        using ServiceProvider services = Registrations[type](Sections.Of(values), options => seen = options).BuildServiceProvider();
        exception = Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate());
        return seen;
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.SetMethod is { IsPublic: true });

    // Keys under the property's own and values, none of them the default.
    private static IEnumerable<(string Key, string Value)> Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? [("", "some text")]
            : type == typeof(bool) ? [("", "true")]
            : type == typeof(int) || type == typeof(long) ? [("", "17")]
            : type == typeof(double) ? [("", "0.375")]
            : type == typeof(TimeSpan) ? [("", "00:00:07")]
            : type.IsEnum ? [("", Enum.GetNames(type)[^1])]
            : type == typeof(LocalModel) ? [("", "Static")]
            : type == typeof(SByteCalibration) ? [(":Minimums:0", "0"), (":Maximums:0", "1")]
            : typeof(IEnumerable).IsAssignableFrom(type) ? [(":0", "17")]
            : from property in Settable(type).Where(property => !CodeOnly.Contains(property.Name)) from value in Sample(property.PropertyType) select ($":{property.Name}{value.Key}", value.Value);
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        SByteCalibration calibration => $"{calibration.Dimensions} ranges",
        LocalModel model => model.Name,
        IEnumerable list => string.Join(", ", list.Cast<object>().Select(Text)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ when value.GetType() == typeof(bool) => $"{value}",
        _ => string.Join("; ", Settable(value.GetType()).Select(property => $"{property.Name} {Text(property.GetValue(value))}")),
    };
}

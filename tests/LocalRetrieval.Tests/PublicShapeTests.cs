using System.Reflection;
using System.Runtime.CompilerServices;

namespace LocalRetrieval.Tests;

/// <summary>What lets public types grow: nothing of them depends on how many members they have, or on the members' order.</summary>
public sealed class PublicShapeTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Exported =
        [.. Directory.EnumerateFiles(AppContext.BaseDirectory, "LocalRetrieval*.dll").Where(file => !Path.GetFileName(file).Contains("Test", StringComparison.Ordinal)).SelectMany(file => Assembly.LoadFrom(file).GetExportedTypes())];

    [Fact]
    public void PublicRecords_None_IsPositional() => Assert.DoesNotContain(
        Exported, type => type.GetMethod("Deconstruct", Everything)?.IsDefined(typeof(CompilerGeneratedAttribute)) is true);

    [Fact]
    public void PublicSignatures_None_HasAValueTuple() => Assert.Empty(
        from type in Exported
        from member in type.GetMembers(Everything)
        where IsVisible(member) && Signature(member).Any(HasTuple)
        select $"{type.Name}.{member.Name}");

    [Fact]
    public void PublicOptions_All_CanBeCopied() => Assert.Empty(
        from type in Exported
        where type.IsClass && type.Name.Split('`')[0].EndsWith("Options", StringComparison.Ordinal) && !type.IsAbstract && !IsRecord(type)
        where type.GetConstructors(Everything).FirstOrDefault(constructor => constructor.GetParameters() is [{ } other] && other.ParameterType.IsAssignableFrom(type)) is not { } copy
            || !(type.IsSealed ? copy.IsPublic : copy.IsFamily && type.GetMethod("Clone", Everything) is { IsPublic: true, IsVirtual: true })
        select type.FullName);

    [Fact]
    public void Exported_Packages_AreLookedAt()
    {
        Assert.Contains(typeof(RetrievalOptions), Exported);
        Assert.Contains(typeof(Tokenizers.Tokenizer), Exported);
        Assert.Contains(typeof(Rag.Passage), Exported);
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => false,
    };

    // Properties are seen by their accessors, and delegates by Invoke.
    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType),
        MethodBase constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    private static bool HasTuple(Type type) =>
        type.FullName?.StartsWith("System.ValueTuple", StringComparison.Ordinal) is true
        || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal)
        || (type.HasElementType && HasTuple(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(HasTuple));
}

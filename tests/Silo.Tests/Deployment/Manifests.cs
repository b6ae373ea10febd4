using k8s;
using k8s.Models;
using Orleans.Hosting.Kubernetes;
using YamlDotNet.Core;

namespace JikoXpress.Silo.Tests.Deployment;

/// <summary>
/// What Kubernetes is told is in its own language, fits together, and fits the product: read by the client library's
/// types, which refuse a field that there is not.
/// </summary>
public sealed class Manifests
{
    private const string Space = "jikoxpress";

    /// <summary>A host that is asked to end gives what is under way this long.</summary>
    private const int ShutdownTime = 20;

    /// <summary>The image's user.</summary>
    private const int User = 1654;

    private static readonly List<IKubernetesObject<V1ObjectMeta>> All =
    [
        .. Repository.Manifests.Where(file => file is not "kustomization.yaml")
            .SelectMany(file => Load(Repository.Text("kubernetes", file)))
            .Cast<IKubernetesObject<V1ObjectMeta>>(),
    ];

    public static TheoryData<string> Deployments => [.. Of<V1Deployment>().Select(deployment => deployment.Name())];

    [Fact]
    public void There_are_silos_and_front_ends_and_all_that_belongs_to_them() => Assert.Equal(
        [
            "ConfigMap settings", "Deployment silo", "Deployment web", "Namespace jikoxpress", "NetworkPolicy silo",
            "PodDisruptionBudget silo", "PodDisruptionBudget web", "Role silo", "RoleBinding silo", "Service web",
            "ServiceAccount silo",
        ],
        All.Select(one => $"{one.Kind} {one.Name()}").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("replicas: 2", "replica: 2")]
    [InlineData("replicas: 2", "replicas: two")]
    [InlineData("readinessProbe:", "readynessProbe:")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: true\n        runAsNonRoot: true")]
    public void A_field_that_there_is_not_is_refused(string right, string wrong)
    {
        var text = Repository.Text("kubernetes", "silo.yaml");

        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.Throws<YamlException>(() => Load(text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_are_in_one_namespace_and_in_the_list() => Assert.All(All, one => Assert.Equal(
        one is V1Namespace ? null : Space, one.Namespace()));

    [Fact]
    public void Every_file_is_applied()
    {
        var files = (List<object>)Repository.Yaml("kubernetes", "kustomization.yaml")["resources"];

        Assert.Equal(
            Repository.Manifests.Except(["kustomization.yaml"]).Order(), files.Select(file => (string)file).Order());
    }

    [Theory, MemberData(nameof(Deployments))]
    public void The_image_is_that_of_the_compose_file(string name) => Assert.Contains(
        $"image: {Container(name).Image.Split(':')[0]}:$",
        Repository.Text("docker-compose.yml"), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Deployments))]
    public void A_deployment_finds_its_pods_and_spreads_them(string name)
    {
        var deployment = Deployment(name);

        Assert.True(Finds(deployment.Spec.Selector.MatchLabels, deployment));
        Assert.All(
            deployment.Spec.Template.Spec.TopologySpreadConstraints,
            spread => Assert.True(Finds(spread.LabelSelector.MatchLabels, deployment)));
        // Pods of the other are not its own.
        Assert.Single(Of<V1Deployment>(), other => Finds(deployment.Spec.Selector.MatchLabels, other));
    }

    [Theory, MemberData(nameof(Deployments))]
    public void Of_every_deployment_one_pod_at_a_time_may_be_taken_away(string name)
    {
        var budget = Assert.Single(
            Of<V1PodDisruptionBudget>(), budget => Finds(budget.Spec.Selector.MatchLabels, Deployment(name)));

        Assert.Equal("1", budget.Spec.MaxUnavailable.Value);
        Assert.True(Deployment(name).Spec.Replicas > 1);
    }

    [Theory, MemberData(nameof(Deployments))]
    public void The_product_reads_every_setting(string name) => Assert.Empty(
        Container(name).Env.Select(variable => variable.Name)
            .Concat(Container(name).EnvFrom.SelectMany(from => Settings(from.ConfigMapRef.Name).Data.Keys))
            .Where(variable => variable.StartsWith("JIKO_", StringComparison.Ordinal))
            .Except(Repository.Settings));

    [Theory, MemberData(nameof(Deployments))]
    public void Every_secret_is_one_that_the_documentation_makes(string name)
    {
        foreach (var secret in Container(name).Env
            .Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>())
        {
            Assert.Contains($"create secret generic {secret.Name} ", Repository.Cluster, StringComparison.Ordinal);
            Assert.Contains($"--from-literal={secret.Key}=", Repository.Cluster, StringComparison.Ordinal);
        }

        var volume = Deployment(name).Spec.Template.Spec.Volumes.Single(volume => volume.Secret is not null);
        Assert.Equal($"{name}-certificate", volume.Secret.SecretName);
        Assert.Contains("create secret generic \"$role-certificate\"", Repository.Cluster, StringComparison.Ordinal);
        var folder = Container(name).VolumeMounts.Single(mount => mount.Name == volume.Name).MountPath;
        foreach (var (variable, key) in
            ((string, string)[])[("CERTIFICATE", "tls.crt"), ("KEY", "tls.key"), ("CA", "ca.crt")])
        {
            Assert.Equal($"{folder}/{key}", Value(name, $"JIKO_CLUSTER_{variable}"));
            Assert.Contains($"--from-file={key}=", Repository.Cluster, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Deployments))]
    public void A_pod_may_do_nothing_that_it_need_not(string name)
    {
        var pod = Deployment(name).Spec.Template.Spec;
        var container = Container(name);

        Assert.Equal("restricted", Of<V1Namespace>().Single().Labels()["pod-security.kubernetes.io/enforce"]);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal((User, User), (pod.SecurityContext.RunAsUser, pod.SecurityContext.FsGroup));
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        // The key is for the pod's group, and not for everybody.
        Assert.Equal(
            Convert.ToInt32("440", 8),
            pod.Volumes.Single(volume => volume.Secret is not null).Secret.DefaultMode);
        Assert.True(container.Resources.Limits.ContainsKey("memory"));
    }

    [Theory, MemberData(nameof(Deployments))]
    public void A_pod_is_asked_how_it_is_and_has_time_to_end(string name)
    {
        var container = Container(name);

        Assert.Equal("/health/live", container.StartupProbe.HttpGet.Path);
        Assert.Equal("/health/live", container.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.All(
            (V1Probe[])[container.StartupProbe, container.LivenessProbe, container.ReadinessProbe],
            probe => Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value));
        var wait = container.Lifecycle?.PreStop.Exec.Command[^1] ?? "0";
        Assert.True(
            Deployment(name).Spec.Template.Spec.TerminationGracePeriodSeconds
                > ShutdownTime + int.Parse(wait, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_service_finds_the_front_ends()
    {
        var service = Of<V1Service>().Single();

        Assert.Equal("web", Assert.Single(Of<V1Deployment>(), pods => Finds(service.Spec.Selector, pods)).Name());
        Assert.All(
            service.Spec.Ports,
            port => Assert.Contains(Container("web").Ports, own => own.Name == port.TargetPort.Value));
    }

    [Fact]
    public void Silos_reach_the_silo_port_and_front_ends_the_gateway_and_nobody_else_does()
    {
        var policy = Of<V1NetworkPolicy>().Single();

        Assert.True(Finds(policy.Spec.PodSelector.MatchLabels, Deployment("silo")));
        Assert.Equal(["Ingress"], policy.Spec.PolicyTypes);
        Assert.Equal(
            [("silo", "silo"), ("web", "gateway")],
            from rule in policy.Spec.Ingress
            from peer in rule.FromProperty
            from port in rule.Ports
            from pods in Of<V1Deployment>()
            where peer.IpBlock is null && peer.NamespaceSelector is null && Finds(peer.PodSelector.MatchLabels, pods)
            select (pods.Name(), port.Port.Value));
        Assert.Equal(
            [("http", 8080), ("silo", 11111), ("gateway", 30000)],
            Container("silo").Ports.Select(port => (port.Name, port.ContainerPort)));
    }

    [Fact]
    public void Silos_may_look_after_pods_and_front_ends_have_no_account()
    {
        var pod = Deployment("silo").Spec.Template.Spec;
        var binding = Of<V1RoleBinding>().Single();
        var subject = Assert.Single(binding.Subjects);

        Assert.Equal(
            ("ServiceAccount", pod.ServiceAccountName, Space), (subject.Kind, subject.Name, subject.NamespaceProperty));
        Assert.Equal(pod.ServiceAccountName, Of<V1ServiceAccount>().Single().Name());
        Assert.Equal(("Role", Of<V1Role>().Single().Name()), (binding.RoleRef.Kind, binding.RoleRef.Name));
        var rule = Assert.Single(Of<V1Role>().Single().Rules);
        Assert.Equal([""], rule.ApiGroups);
        Assert.Equal(["pods"], rule.Resources);
        Assert.Equal(WatchedPods.Verbs, rule.Verbs.Order());
        Assert.False(Deployment("web").Spec.Template.Spec.AutomountServiceAccountToken);
    }

    [Fact]
    public void Silos_are_labelled_as_they_call_themselves()
    {
        var labels = Deployment("silo").Spec.Template.Metadata.Labels;

        Assert.Equal(
            WatchedPods.Labels, labels.Where(label => label.Key.StartsWith("orleans/", StringComparison.Ordinal)));
        Assert.Equal($"metadata.labels['{KubernetesHostingOptions.ClusterIdLabel}']", Field("JIKO_CLUSTER"));
        Assert.Equal(labels[KubernetesHostingOptions.ClusterIdLabel], Value("web", "JIKO_CLUSTER"));
        Assert.Equal("status.podIP", Field("JIKO_SILO_ADDRESS"));
        Assert.Equal("metadata.name", Field(KubernetesHostingOptions.PodNameEnvironmentVariable));
        Assert.Equal("metadata.namespace", Field(KubernetesHostingOptions.PodNamespaceEnvironmentVariable));
        Assert.Equal("true", Value("silo", "JIKO_KUBERNETES"));
    }

    private static List<object> Load(string text) => KubernetesYaml.LoadAllFromString(text, strict: true);

    private static IEnumerable<T> Of<T>() => All.OfType<T>();

    private static V1Deployment Deployment(string name) => Of<V1Deployment>().Single(one => one.Name() == name);

    private static V1Container Container(string name) => Deployment(name).Spec.Template.Spec.Containers.Single();

    private static V1ConfigMap Settings(string name) => Of<V1ConfigMap>().Single(one => one.Name() == name);

    private static string Value(string name, string variable) =>
        Container(name).Env.Single(one => one.Name == variable).Value;

    private static string Field(string variable) =>
        Container("silo").Env.Single(one => one.Name == variable).ValueFrom.FieldRef.FieldPath;

    private static bool Finds(IDictionary<string, string> selector, V1Deployment pods) =>
        selector.Count > 0 && selector.All(pods.Spec.Template.Metadata.Labels.Contains);
}
